/** How it was measured, for the page about detection: what does not change from run to run. */
export const detectionProtocol = `## How it is measured

**Replay.** Every system gets the readings in order and never looks ahead. Ours gets them one by one, with the flags of the quality tests where the sensor’s type is known, and nothing but times and values where it is not. It is asked what it knows once an hour, so what it tells as a process and takes back later counts as a false process event.

**S-H-ESD.** The first value in each hour, gaps bridged by a straight line; each day the last 14 days, of which the last 24 hours are kept; period 24, at most 20 % anomalies, alpha 0.05, both directions; each channel by itself. So it tells of a day at the end of the day: much of its delay is that. Grouped: points up to 3 hours apart are one event. Masked: values that the quality tests call bad or missing are taken out before; where there is no type, those inside the fault events of our own detector as they stand at the end, which it could not always have known in time.

**Scores.** The first 14 days of each series are nobody’s, as S-H-ESD needs them. An event lies on a label if they are at most an hour apart, or a sample where samples are farther apart, and if they name a common property. An event on no label is false. One event over several labels is one right event, and each of the labels is found. Nothing is point-adjusted. A sensor-month is a month of one channel; an event of ours that names several channels counts once, as it is told once.

- *by chance*: the recall of the same events if the labels had happened at 19 other times.
- *own*: the recall if only events count that began with the label. Who is always inside an event finds everything by being there.
- *time inside*: the share of time inside events.
- *delay*: median number of samples from the beginning of a label until it was told.
- *alerts per hit*: events (for \`shesd\` points) on a label that was found; above 1 are duplicates.
- *process only*: only events told as a process, and only labels that are or may be one. S-H-ESD calls everything a process.

Intervals are drawn from whole weeks, a thousand times, with a fixed seed. A few labels give wide ones: lead with the rate of false events, and with what was put in.

**Training and held out.** Training are LRO temperature and pH, Sandy Creek level, the first half of GECCO, and boreholes of even seeds. All settings, ours and theirs, stand in \`lab/detect/parameters.ts\` and in the detector’s own parameters.

**Data.** Labelled: Logan River Observatory (by way of pyhydroqc), oddwater, GECCO 2018 (by way of EventDetectR). Boreholes: contains British Geological Survey materials ©NERC 2017. They are read beside the checkout and are no part of the project.`;
