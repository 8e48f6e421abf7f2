/**
 * Jest runs tests in a context with an `Error` of its own, while what Node itself throws (sockets, timers) is
 * made outside of it, so that `thrown instanceof Error` is false under test and true in real life. Importing this file
 * makes it true here as well.
 */
const ordinary = Function.prototype[Symbol.hasInstance];

Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, candidate: unknown): boolean {
    return (this === Error && Object.prototype.toString.call(candidate) === '[object Error]') || ordinary.call(this, candidate);
  },
});
