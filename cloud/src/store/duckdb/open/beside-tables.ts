// Events and annotations in the same file as the readings: what is asked for in columns, all of it beside as JSON.

/** Made at each opening where they are not there: a store from before has none. */
export const besideTables = [
  `CREATE TABLE IF NOT EXISTS events (
    id VARCHAR NOT NULL, site VARCHAR NOT NULL, sensors VARCHAR[] NOT NULL, kind VARCHAR NOT NULL,
    start DOUBLE NOT NULL, "end" DOUBLE, withdrawn BOOLEAN NOT NULL, body VARCHAR NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS feedback (
    event VARCHAR NOT NULL, site VARCHAR NOT NULL, sensors VARCHAR[] NOT NULL, said_at DOUBLE NOT NULL, body VARCHAR NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS annotations (
    id VARCHAR NOT NULL, site VARCHAR NOT NULL, sensor VARCHAR, start DOUBLE NOT NULL, "end" DOUBLE,
    withdrawn BOOLEAN NOT NULL, body VARCHAR NOT NULL)`,
] as const;
