-- Version 1: what was there before files had a version (`user_version` 0), so nothing here may mind being there already.
--
-- Sessions of a doelgroepbespreking. Everything of a session goes when it goes. Every time (`begonnen`, `gepauzeerd`,
-- `aangemaakt`, `verloopt`) is in seconds since 1970 (UTC). `voorbereiding`, `casussen` and `inhoud` are JSON with a
-- `versie` in it (see `kept.py`); without one it is version 1.
CREATE TABLE IF NOT EXISTS sessie (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    voorbereiding TEXT NOT NULL,
    casussen TEXT NOT NULL,
    moment INTEGER NOT NULL DEFAULT 0,
    begonnen REAL NOT NULL,
    gepauzeerd REAL,
    versie INTEGER NOT NULL DEFAULT 0,
    teller INTEGER NOT NULL DEFAULT 0,
    aangemaakt REAL NOT NULL,
    verloopt REAL NOT NULL
) STRICT;

-- Someone who takes part, or a pair. `sleutel` is the SHA-256 of what their browser keeps.
CREATE TABLE IF NOT EXISTS deelnemer (
    id INTEGER PRIMARY KEY,
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    sleutel TEXT NOT NULL,
    perspectief TEXT NOT NULL,
    duo INTEGER NOT NULL,
    naam TEXT NOT NULL,
    UNIQUE (sessie, sleutel)
) STRICT;

CREATE TABLE IF NOT EXISTS beoordeling (
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    casus INTEGER NOT NULL,
    deelnemer INTEGER NOT NULL REFERENCES deelnemer ON DELETE CASCADE,
    inhoud TEXT NOT NULL,
    PRIMARY KEY (sessie, casus, deelnemer)
) STRICT, WITHOUT ROWID;

-- Who added it is only kept to limit how much one person can add.
CREATE TABLE IF NOT EXISTS bijdrage (
    id INTEGER PRIMARY KEY,
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    casus INTEGER NOT NULL,
    deelnemer INTEGER REFERENCES deelnemer ON DELETE CASCADE,
    soort TEXT NOT NULL,
    tekst TEXT NOT NULL,
    wie TEXT NOT NULL DEFAULT '',
    wanneer TEXT NOT NULL DEFAULT '',
    afgesproken INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS richting (
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    casus INTEGER NOT NULL,
    inhoud TEXT NOT NULL,
    versie INTEGER NOT NULL,
    PRIMARY KEY (sessie, casus)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS evaluatie (
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    deelnemer INTEGER NOT NULL REFERENCES deelnemer ON DELETE CASCADE,
    inhoud TEXT NOT NULL,
    PRIMARY KEY (sessie, deelnemer)
) STRICT, WITHOUT ROWID;
