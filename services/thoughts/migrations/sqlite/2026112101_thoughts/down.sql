DROP TABLE thoughts_search;
DROP TABLE thoughts;
