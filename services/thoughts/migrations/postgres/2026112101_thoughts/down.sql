DROP FUNCTION search_thoughts;
DROP TABLE thoughts;
DROP FUNCTION search_windows;
DROP FUNCTION search_window;
DROP FUNCTION search_grams;
DROP FUNCTION search_gram;
