/**
 * Reports of what was used and what it cost: {@code /api/v1/llm/usage} for everyone's own, {@code /api/v1/usage} for
 * administrators. Whole hours are read from the hourly rollups; an hour that a boundary cuts is read from the records
 * themselves, so that numbers are exact in every time zone. {@code /api/v1/usage/losses} says what they lack. Start at {@link dev.jarvis.control.usage.UsageEndpoint}.
 */
@NullMarked
package dev.jarvis.control.usage;

import org.jspecify.annotations.NullMarked;
