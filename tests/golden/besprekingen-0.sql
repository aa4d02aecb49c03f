-- A file with sessions as it was made before files had a version.
BEGIN TRANSACTION;
CREATE TABLE beoordeling (
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    casus INTEGER NOT NULL,
    deelnemer INTEGER NOT NULL REFERENCES deelnemer ON DELETE CASCADE,
    inhoud TEXT NOT NULL,
    PRIMARY KEY (sessie, casus, deelnemer)
) STRICT, WITHOUT ROWID;
INSERT INTO "beoordeling" VALUES('oude',0,1,'{"criteria":{"reikwijdte":"ja"},"uitkomst":"twijfel","zekerheid":"zeker","reden":"Omdat."}');
CREATE TABLE bijdrage (
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
INSERT INTO "bijdrage" VALUES(1,'oude',0,1,'actie','Bel elkaar.','','',0);
CREATE TABLE deelnemer (
    id INTEGER PRIMARY KEY,
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    sleutel TEXT NOT NULL,
    perspectief TEXT NOT NULL,
    duo INTEGER NOT NULL,
    naam TEXT NOT NULL,
    UNIQUE (sessie, sleutel)
) STRICT;
INSERT INTO "deelnemer" VALUES(1,'oude','9a85151e294cb20cd96411c7d622ace96ab906729b7b707b5cf49a1d7ee2a9c7','gemeente',0,'');
CREATE TABLE evaluatie (
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    deelnemer INTEGER NOT NULL REFERENCES deelnemer ON DELETE CASCADE,
    inhoud TEXT NOT NULL,
    PRIMARY KEY (sessie, deelnemer)
) STRICT, WITHOUT ROWID;
INSERT INTO "evaluatie" VALUES('oude',1,'{"schaal":{},"tekst":{"geleerd":"Veel."}}');
CREATE TABLE richting (
    sessie TEXT NOT NULL REFERENCES sessie ON DELETE CASCADE,
    casus INTEGER NOT NULL,
    inhoud TEXT NOT NULL,
    versie INTEGER NOT NULL,
    PRIMARY KEY (sessie, casus)
) STRICT, WITHOUT ROWID;
INSERT INTO "richting" VALUES('oude',0,'{"waarom":"","controles":{},"keuze":null,"tekst":"Samen verder.","grijs_gebied":null}',1);
CREATE TABLE sessie (
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
INSERT INTO "sessie" VALUES('oude','abcdefgh','{"soort":"doelgroepbespreking","titel":"Van voor de versies","regio":"Regio Rivierdelta (verzonnen)","datum":"2026-12-03","begin":"13:30","behoefte":"Wij twijfelen vaak bij mensen van 18 tot 27 jaar die al lang hulp krijgen. Wanneer is die behoefte blijvend, en wanneer past een lange beschikking uit de Wmo beter?","themas":["jongeren","doelgroepen"],"casussen":["merel-van-den-heuvel","floris-van-wessem"],"deelnemers":{"gemeente":"Drie mensen van de toegang, uit twee gemeenten","zorgkantoor":"Een adviseur","behandelaar":"Een psychiater en een verpleegkundig specialist","aanbieder":"Drie begeleiders, uit beschermd wonen en beschermd thuis","client_naaste":"Een ervaringsdeskundige en een naaste","ciz":"Een adviseur"},"verwachting_ciz":"Meekijken, uitleggen hoe het CIZ afweegt, en vragen beantwoorden. Niet beslissen.","agenda":[],"namen":false,"tijden":{"beoordelen":12,"spiegelen":20},"bewaren":30,"regelboek":null,"regioafspraken":[]}','[{"id": "merel-van-den-heuvel", "titel": "Merel van den Heuvel, 20", "verhaal": ["Een kort verhaal."], "vragen": [], "verdeelt": "", "doorvragen": "", "perspectieven": {}, "grijs_gebied": null, "open": [], "criteria": [{"id": "reikwijdte", "naam": "Reikwijdte", "vraag": "Is dit hulpmiddel voor deze situatie gemaakt?", "logica": "regellogica", "waarde": "ja", "uitleg": "Uitleg."}, {"id": "grondslag", "naam": "Grondslag", "vraag": "Komt de behoefte aan zorg door een vastgestelde psychische stoornis?", "logica": "regellogica", "waarde": "ja", "uitleg": "Uitleg."}], "uitkomsten": [{"id": "buiten_reikwijdte", "naam": "Buiten de reikwijdte", "toon": "buiten"}, {"id": "niet_kansrijk", "naam": "Niet kansrijk", "toon": "tegen"}, {"id": "kansrijk", "naam": "Kansrijk", "toon": "goed"}, {"id": "twijfel", "naam": "Twijfel", "toon": "open"}], "uitkomst": {"id": "kansrijk", "naam": "Kansrijk", "toon": "goed"}, "kern": "Een Wlz-aanvraag is kansrijk, en deze persoon wil die ook. Verzamel de stukken en dien de aanvraag in. Een kansrijke aanvraag is nog geen besluit: dat neemt het CIZ.", "eerst": [], "signalen": [], "routes": [], "slot": [], "regelboek": "kansrijk-of-niet 1.0.0", "vingerafdruk": "sha256:e8ae6ee620163853aef67a53b1c05acdc6abcf2000ca59c1232ca209915ac451", "peildatum": "2026-11-25"}, {"id": "floris-van-wessem", "titel": "Floris van Wessem, 21", "verhaal": ["Een kort verhaal."], "vragen": [], "verdeelt": "", "doorvragen": "", "perspectieven": {}, "grijs_gebied": "toegang_wijst_wmo_af", "open": [], "criteria": [{"id": "reikwijdte", "naam": "Reikwijdte", "vraag": "Is dit hulpmiddel voor deze situatie gemaakt?", "logica": "regellogica", "waarde": "onbekend", "uitleg": "Uitleg."}, {"id": "grondslag", "naam": "Grondslag", "vraag": "Komt de behoefte aan zorg door een vastgestelde psychische stoornis?", "logica": "regellogica", "waarde": "onbekend", "uitleg": "Uitleg."}], "uitkomsten": [{"id": "buiten_reikwijdte", "naam": "Buiten de reikwijdte", "toon": "buiten"}, {"id": "niet_kansrijk", "naam": "Niet kansrijk", "toon": "tegen"}, {"id": "kansrijk", "naam": "Kansrijk", "toon": "goed"}, {"id": "twijfel", "naam": "Twijfel", "toon": "open"}], "uitkomst": {"id": "twijfel", "naam": "Twijfel", "toon": "open"}, "kern": "Doe nu geen Wlz-aanvraag. Hulp uit de Wmo lijkt te passen, of behandeling hoort eerst te komen; dat geeft twijfel, en bij twijfel is de afspraak: niet aanvragen. Een nee is dat niet. Probeer die weg, bespreek het met elkaar, en kijk opnieuw als het niet werkt.", "eerst": [], "signalen": [], "routes": [], "slot": [], "regelboek": "kansrijk-of-niet 1.0.0", "vingerafdruk": "sha256:e8ae6ee620163853aef67a53b1c05acdc6abcf2000ca59c1232ca209915ac451", "peildatum": "2026-11-25"}]',11,1700000000.0,NULL,3,8,1700000000.0,9999999999.0);
COMMIT;
