/**
 * The mock provider: answers chat completions from memory, at once or at the pace of a model. A request says in its
 * first message what it wants back (see {@link dev.jarvis.benchmarks.wire.Wish}), because gateways do not pass headers on.
 */
@NullMarked
package dev.jarvis.benchmarks.upstream;

import org.jspecify.annotations.NullMarked;
