// A property is tried for a fraction of a second with each change: there are thousands of changes.
import fc from 'fast-check';

const limitMs = Number(process.env.WELLHEAD_PROPERTY_MS ?? 100);
fc.configureGlobal({ interruptAfterTimeLimit: limitMs, markInterruptAsFailure: false });
