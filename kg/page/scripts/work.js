/** Work that is done a little at a time, so that the reader is heard in between. */

/** So long, in ms, it goes on at once. */
const SLICE = 8;

/** One piece of work, of which each step is short. */
export class Work {
  constructor() {
    this.timer = 0;
    this.isGoingOn = false;
  }

  /** Leaves undone what is not done yet. */
  stop() {
    clearTimeout(this.timer);
    this.isGoingOn = false;
  }

  /**
   * @template T
   * @param {Generator<void, T>} steps @param {(result: T) => void} finish
   * @param {() => boolean} isStale  whether nobody needs it any more as it is @param {() => void} renew
   */
  begin(steps, finish, isStale, renew) {
    this.isGoingOn = true;
    this.timer = setTimeout(() => {
      const end = performance.now() + SLICE;
      while (performance.now() < end) {
        if (isStale()) return renew();
        const { done, value } = steps.next();
        if (!done) continue;
        this.isGoingOn = false;
        return finish(value);
      }
      return this.begin(steps, finish, isStale, renew);
    });
  }
}
