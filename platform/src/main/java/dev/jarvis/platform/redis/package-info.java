/**
 * Redis, which joins several gateways: standalone, behind Sentinel, or a cluster; Valkey is the same. Nothing that is kept
 * there is missed for longer than a minute. Start at {@link dev.jarvis.platform.redis.Redis}.
 */
@NullMarked
package dev.jarvis.platform.redis;

import org.jspecify.annotations.NullMarked;
