package dev.jarvis.platform.redis;

import io.lettuce.core.RedisURI;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where Redis is: {@code redis://[user:password@]host[:port][/database]}, {@code rediss://} with TLS, several hosts
 * separated by commas for a cluster, {@code redis-sentinel://host:26379,host:26379/0#master}. Its text holds no credential.
 */
public final class RedisAddress {
    private static final String HINT =
            "it must be redis://[user:password@]host[:port][/database], rediss:// with TLS, several hosts separated by commas"
                    + " for a cluster, or redis-sentinel://host:port,host:port#name";

    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]\\s]+)(:[0-9]{1,5})?");

    private final List<RedisURI> nodes;
    private final boolean cluster;

    private RedisAddress(List<RedisURI> nodes, boolean cluster) {
        nodes.forEach(node -> node.setTimeout(Redis.CONNECT));
        this.nodes = List.copyOf(nodes);
        this.cluster = cluster;
    }

    /** @throws IllegalArgumentException with what is wrong, never with the text itself: it may hold a password */
    public static RedisAddress parse(String text) {
        boolean sentinel = text.startsWith("redis-sentinel://") || text.startsWith("rediss-sentinel://");
        if (!sentinel && !text.startsWith("redis://") && !text.startsWith("rediss://")) {
            throw new IllegalArgumentException(HINT);
        }
        try {
            if (sentinel) {
                return new RedisAddress(List.of(RedisURI.create(text)), false);
            }
            List<RedisURI> nodes = new ArrayList<>();
            for (String one : eachHost(text)) {
                nodes.add(RedisURI.create(one));
            }
            return new RedisAddress(nodes, nodes.size() > 1);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(HINT);
        }
    }

    /** One URL for each host, all with the same credential and path. */
    private static List<String> eachHost(String text) {
        int start = text.indexOf("://") + 3;
        int path = text.indexOf('/', start);
        String authority = path < 0 ? text.substring(start) : text.substring(start, path);
        String rest = path < 0 ? "" : text.substring(path);
        int at = authority.lastIndexOf('@');
        String credential = authority.substring(0, at + 1);
        List<String> urls = new ArrayList<>();
        for (String host : authority.substring(at + 1).split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException(HINT);
            }
            urls.add(text.substring(0, start) + credential + host + rest);
        }
        return urls;
    }

    List<RedisURI> nodes() {
        return nodes;
    }

    boolean isCluster() {
        return cluster;
    }

    /** Hosts and ports alone. */
    @Override
    public String toString() {
        return nodes.stream()
                .flatMap(uri -> uri.getSentinels().isEmpty() ? Stream.of(uri) : uri.getSentinels().stream())
                .map(uri -> uri.getHost() + ":" + uri.getPort())
                .collect(Collectors.joining(","));
    }
}
