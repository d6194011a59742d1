// A property is tried for a third of a second with each change: there are thousands of changes.
import fc from 'fast-check';

fc.configureGlobal({ interruptAfterTimeLimit: 300, markInterruptAsFailure: false });
