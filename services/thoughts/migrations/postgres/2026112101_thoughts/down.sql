DROP TABLE thoughts;
DROP FUNCTION short_grams;
