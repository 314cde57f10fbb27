-- Fills an empty table of thoughts with :rows, of which a hundredth are bruce's. Half hold "the", a twentieth "quiet", each hundredth
-- "monsoon", ten "zanzibar"; the other words are made of sixteen letters. The indexes are made anew afterwards, which is quicker.
SET maintenance_work_mem = '512MB';
SET synchronous_commit = off;
CREATE TEMP TABLE indexes AS
  SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'thoughts' AND indexname <> 'thoughts_pkey';
SELECT format('DROP INDEX %I', indexname) FROM indexes \gexec
INSERT INTO thoughts (username, text, search_text, timestamp)
SELECT username, text, lower(text), timestamp '1962-05-11 11:53:41.279611' + row * interval '1 second'
FROM (
  SELECT row, CASE row % 100 WHEN 0 THEN 'bruce' ELSE 'user' || row % 100 END AS username,
    initcap(substr(letters, 1, 5)) || ' ' || substr(letters, 6, 3) || CASE row % 2 WHEN 0 THEN ' the ' ELSE ' ' END
    || substr(letters, 9, 8) || ' ' || substr(letters, 17, 6) || CASE row % 20 WHEN 0 THEN ' quiet ' ELSE ' ' END
    || substr(letters, 23, 10) || CASE row % 100 WHEN 7 THEN ' monsoon' ELSE '' END
    || CASE row % (:rows / 10) WHEN 0 THEN ' zanzibar' ELSE '' END AS text
  FROM (SELECT row, translate(md5(row::text), '0123456789', 'ghijklmnop') AS letters FROM generate_series(1, :rows) AS row) AS made
) AS thought;
SELECT indexdef FROM indexes \gexec
VACUUM ANALYZE thoughts;
