package dev.jarvis.platform.egress;

import dev.jarvis.platform.http.Refusal;
import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider's base URL, read by one grammar that is narrower than any URL parser's: what two parsers could read
 * differently (user info, backslashes, numbers as hosts, encoded dots) is no base URL at all.
 *
 * @param scheme {@code https} or {@code http}
 * @param host lower case; an IPv6 literal without its brackets
 * @param port -1 for the scheme's own
 * @param path without a trailing slash; empty for the root
 * @param literal the host as an address, if it is one
 */
record BaseUrl(String scheme, String host, int port, String path, Optional<InetAddress> literal) {
    private static final int MAX_LENGTH = 2000;
    private static final Pattern SHAPE = Pattern.compile(
            "(?<scheme>[A-Za-z]+)://(?<host>\\[[^\\]/]*\\]|[^/:\\[\\]]+)(:(?<port>[0-9]{1,5}))?(?<path>/.*)?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~:@!$&'()*+,=-]+");

    /** Ports above 1023 on which something else than HTTP listens: databases, caches, queues, container engines. */
    private static final Set<Integer> OTHER_SERVICES = Set.of(
            1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5900, 6000, 6379, 6443, 9042, 9092,
            10250, 11211, 27017);

    /** @throws Refusal 400 {@code invalid_base_url} or, for a host or port that is never a provider's, {@code forbidden_target} */
    static BaseUrl read(String text) {
        if (text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw invalid("must be at most " + MAX_LENGTH + " visible ASCII characters (write other names as xn--…)");
        }
        if (text.indexOf('@') >= 0 && text.indexOf('@') < endOfAuthority(text)) {
            throw invalid("must not contain user info");
        }
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0 || text.indexOf('\\') >= 0) {
            throw invalid("must not contain a query, a fragment or a backslash");
        }
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw invalid("must look like https://host/path");
        }
        String scheme = shape.group("scheme").toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw invalid("must start with https://");
        }
        String host = shape.group("host").toLowerCase(Locale.ROOT);
        Optional<InetAddress> literal = literal(host);
        int port = port(scheme, shape.group("port"));
        return new BaseUrl(scheme, host.replaceAll("[\\[\\]]", ""), port, path(shape.group("path")), literal);
    }

    URI toUri() {
        String authority = host.contains(":") ? "[" + host + "]" : host;
        return URI.create(scheme + "://" + authority + (port < 0 ? "" : ":" + port) + path);
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    private static int endOfAuthority(String text) {
        int start = text.indexOf("://");
        int end = start < 0 ? -1 : text.indexOf('/', start + 3);
        return end < 0 ? text.length() : end;
    }

    private static Optional<InetAddress> literal(String host) {
        if (host.startsWith("[")) {
            return Optional.of(ipv6(host.substring(1, host.length() - 1)));
        }
        List<String> labels = Arrays.asList(host.split("\\.", -1));
        if (NUMBER.matcher(labels.getLast()).matches()) {
            if (!IPV4.matcher(host).matches()) {
                throw forbidden("The host of 'base_url' is a number; write an IPv4 address as four decimal parts.");
            }
            return Optional.of(InetAddress.ofLiteral(host));
        }
        if (host.length() > 253
                || !labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
            throw invalid("has a host that is not a host name (letters, digits, hyphens and single dots between them)");
        }
        return Optional.empty();
    }

    private static InetAddress ipv6(String text) {
        try {
            if (!text.matches("[0-9a-f:.]+")) {
                throw invalid("has an IPv6 address with other characters than 0-9, a-f, ':' and '.'");
            }
            InetAddress address = Inet6Address.ofLiteral(text);
            if (address instanceof Inet6Address) {
                return address;
            }
            throw forbidden("The host of 'base_url' is an IPv4 address in IPv6 clothing; write the IPv4 address.");
        } catch (IllegalArgumentException e) {
            throw invalid("has brackets around something that is not an IPv6 address");
        }
    }

    private static int port(String scheme, @Nullable String digits) {
        if (digits == null) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        if (port > 65_535 || digits.startsWith("0")) {
            throw port == 0 ? forbiddenPort(port) : invalid("has a port that is not a number from 1 to 65535");
        }
        boolean web = port == 80 || port == 443 || port >= 1024;
        if (!web || OTHER_SERVICES.contains(port)) {
            throw forbiddenPort(port);
        }
        return port == (scheme.equals("https") ? 443 : 80) ? -1 : port;
    }

    private static String path(@Nullable String path) {
        if (path == null || path.equals("/")) {
            return "";
        }
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String segment : trimmed.substring(1).split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
                throw invalid(
                        "has a path with an empty or dot segment, a percent sign or another character that is not plain");
            }
        }
        return trimmed;
    }

    private static Refusal forbiddenPort(int port) {
        return forbidden("Port " + port + " of 'base_url' is not one that a provider's API listens on.");
    }

    private static Refusal invalid(String what) {
        return Refusal.badRequest("invalid_base_url", "'base_url' " + what + ".", "base_url");
    }

    private static Refusal forbidden(String message) {
        return Refusal.badRequest("forbidden_target", message, "base_url");
    }
}
