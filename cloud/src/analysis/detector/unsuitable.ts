// A series that a detector cannot judge, with the reason, for the person who chose them.

/** Why a detector cannot judge a series, or not with these options. */
export type Unsuitability = 'too-short' | 'gap' | 'period' | 'max-anoms' | 'alpha' | 'longterm' | 'time';

/** The series and the options do not go together; the message tells the person who chose them what to change. */
export class Unsuitable extends RangeError {
  readonly reason: Unsuitability;

  constructor(reason: Unsuitability, message: string) {
    super(message);
    this.name = 'Unsuitable';
    this.reason = reason;
  }
}
