package dev.jarvis.platform.settings;

import dev.jarvis.platform.egress.Cidr;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the forms in which settings are written. Each throws IllegalArgumentException saying what it wants. */
final class Texts {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)?");

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB");

    private Texts() {}

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("'" + text + "' is not a time like 500ms, 5s, 2m or 1h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** From 1 KiB to 1 GiB. */
    static int size(String text) {
        return (int) size(text, 1L << 10, 1L << 30);
    }

    static long size(String text, long least, long most) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size like 65536, 512KiB or 32MiB");
        }
        String unit = matcher.group(2) == null ? "" : matcher.group(2);
        long factor = 1L << 10 * (UNITS.indexOf(unit) + 1);
        long bytes = Long.parseLong(matcher.group(1)) * factor;
        if (bytes < least || bytes > most) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not between " + sizeText(least) + " and " + sizeText(most));
        }
        return bytes;
    }

    private static String sizeText(long bytes) {
        for (int unit = UNITS.size(); unit > 0; unit--) {
            long factor = 1L << 10 * unit;
            if (bytes >= factor && bytes % factor == 0) {
                return bytes / factor + UNITS.get(unit - 1);
            }
        }
        return String.valueOf(bytes);
    }

    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    static int number(String text, int least, int most) {
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a number from " + least + " to " + most);
    }

    static <E extends Enum<E>> E word(String text, Class<E> words) {
        for (E word : words.getEnumConstants()) {
            if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
                return word;
            }
        }
        List<String> known = Stream.of(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
        throw new IllegalArgumentException("'" + text + "' is none of " + String.join(", ", known));
    }

    static <E extends Enum<E>> Set<E> words(String text, Class<E> words) {
        Set<E> found = EnumSet.noneOf(words);
        for (String one : text.split("[,\\s]+")) {
            found.add(word(one, words));
        }
        return Set.copyOf(found);
    }

    static Settings.ListenAddress listenAddress(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || (host.contains(":") && !text.startsWith("["))) {
            throw new IllegalArgumentException("'" + text + "' is not an address like 127.0.0.1:8080 or [::1]:8080");
        }
        return new Settings.ListenAddress(host, number(text.substring(colon + 1), 0, 65535));
    }

    static List<Cidr> networks(String text) {
        return Stream.of(text.split("[,\\s]+")).map(Texts::network).toList();
    }

    private static Cidr network(String text) {
        try {
            return Cidr.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a network like 10.1.0.0/16 or fd00::/8");
        }
    }

    /** Where another part of the installation is: to be put in front of paths, so without a slash at its end. */
    static URI serverUrl(String text) {
        URI url = publicUrl(text);
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    static URI publicUrl(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a URL like https://llm.example.com", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a URL like https://llm.example.com");
    }

    /** Of other kinds of pages than the web's too: {@code app://obsidian.md}. */
    static List<String> origins(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .peek(Texts::requireOrigin)
                .toList();
    }

    private static void requireOrigin(String origin) {
        if (!origin.equals("*") && !ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException("'" + origin
                    + "' is not an origin like https://chat.example.com (no path, no slash at its end), and not *");
        }
    }
}
