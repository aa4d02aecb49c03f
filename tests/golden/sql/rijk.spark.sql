/* ggztriage: regelboek rijk, versie 1 __ _ DROP TABLE casus_ __, regels vanaf 2020-01-01, sha256:3ee5932a884a2d7ea336ed0598bd1c1f755ae5e72e4e2a8ae3f6a4b1018d3c5f */
WITH `ggztriage_1` AS (
  SELECT
    *,
    CASE
      WHEN `leeftijd` BETWEEN 18 AND 120
      AND (
        `a` = 'ja' OR (
          `b` = 'ja' AND `kleur` IN ('rood', 'groen')
        )
      )
      AND (
        `saldo` BETWEEN -50 AND 99 AND `leeftijd` BETWEEN 0 AND 89
      )
      THEN 'ja' /* eerste-ja */
      WHEN `leeftijd` BETWEEN 10 AND 17
      THEN 'nee' /* eerste-jong */
      WHEN `saldo` BETWEEN 100 AND 500 OR `leeftijd` BETWEEN 90 AND 120
      THEN 'nee' /* eerste-rijk */
      ELSE 'onbekend'
    END AS `eerste`
  FROM `casus`
), `ggztriage_2` AS (
  SELECT
    *,
    CASE
      WHEN `eerste` = 'ja' AND (
        `b` = 'nee' OR `kleur` = 'groen'
      )
      THEN 'ja' /* tweede-ja */
      WHEN `eerste` = 'nee' AND `b` = 'ja' AND `kleur` = 'blauw'
      THEN 'nee' /* tweede-nee */
      ELSE 'onbekend'
    END AS `tweede`
  FROM `ggztriage_1`
), `ggztriage_3` AS (
  SELECT
    *,
    CASE
      WHEN `tweede` = 'ja' AND `c` = 'ja' AND `straf` IN ('nee', 'deels')
      THEN 'ja' /* derde-ja */
      WHEN `tweede` = 'nee' OR `c` = 'nee' OR `straf` = 'ja'
      THEN 'nee' /* derde-nee */
      ELSE 'onbekend'
    END AS `derde`
  FROM `ggztriage_2`
), `ggztriage_4` AS (
  SELECT
    *,
    CASE
      WHEN `derde` = 'nee' OR (
        `eerste` = 'nee' AND `a` = 'nee'
      )
      THEN 'laag'
      WHEN `derde` = 'ja' AND `eerste` = 'ja'
      THEN 'hoog'
      ELSE 'midden'
    END AS `uitkomst`
  FROM `ggztriage_3`
), `ggztriage_5` AS (
  SELECT
    *,
    CASE
      WHEN `a` = 'nee' OR (
        `b` = 'nee' AND `kleur` = 'rood'
      )
      THEN FALSE
      WHEN `uitkomst` IN ('hoog', 'midden')
      THEN TRUE
      ELSE FALSE
    END AS `aanvragen`
  FROM `ggztriage_4`
)
SELECT
  *,
  CONCAT_WS(
    ' ',
    CASE WHEN `leeftijd` BETWEEN 0 AND 26 THEN 'jong' END,
    CASE WHEN `straf` IN ('ja', 'deels') THEN 'deels' END,
    CASE
      WHEN `kleur` IN ('rood', 'blauw') OR `a` = 'ja' OR `los` = 'ja'
      THEN 'bont'
    END,
    CASE WHEN NOT `aanvragen` AND `uitkomst` IN ('midden', 'laag') THEN 'niet' END
  ) AS `signalen`,
  CONCAT_WS(
    ' ',
    CASE WHEN `aanvragen` THEN 'wel' END,
    CASE
      WHEN (
        `uitkomst` = 'laag' AND `derde` = 'nee'
      ) OR `saldo` BETWEEN 0 AND 500
      THEN 'om'
    END
  ) AS `routes`,
  CONCAT_WS(
    ' ',
    CASE
      WHEN `tweede` = 'ja' AND `c` = 'ja' AND `straf` IN ('nee', 'deels')
      THEN 'derde-ja'
    END,
    CASE WHEN `tweede` = 'nee' OR `c` = 'nee' OR `straf` = 'ja' THEN 'derde-nee' END,
    CASE
      WHEN `leeftijd` BETWEEN 18 AND 120
      AND (
        `a` = 'ja' OR (
          `b` = 'ja' AND `kleur` IN ('rood', 'groen')
        )
      )
      AND (
        `saldo` BETWEEN -50 AND 99 AND `leeftijd` BETWEEN 0 AND 89
      )
      THEN 'eerste-ja'
    END,
    CASE WHEN `leeftijd` BETWEEN 10 AND 17 THEN 'eerste-jong' END,
    CASE
      WHEN `saldo` BETWEEN 100 AND 500 OR `leeftijd` BETWEEN 90 AND 120
      THEN 'eerste-rijk'
    END,
    CASE
      WHEN `eerste` = 'ja' AND (
        `b` = 'nee' OR `kleur` = 'groen'
      )
      THEN 'tweede-ja'
    END,
    CASE
      WHEN `eerste` = 'nee' AND `b` = 'ja' AND `kleur` = 'blauw'
      THEN 'tweede-nee'
    END
  ) AS `regels`,
  CONCAT_WS(
    ' ',
    CASE WHEN `a` = 'ja' THEN 'begin' END,
    CASE WHEN `a` = 'ja' AND `tweede` = 'nee' THEN 'vervolg' END
  ) AS `stappen`
FROM `ggztriage_5`;
