/**
 * The written interfaces held against the running product: routes, answers and rights against {@code docs/api}, error codes
 * against {@code docs/operations/errors.md}, and the promise that no secret is ever shown.
 */
@NullMarked
package dev.jarvis.server.contract;

import org.jspecify.annotations.NullMarked;
