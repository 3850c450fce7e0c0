package dev.jarvis.engine.tool;

import java.util.Locale;

/** The text of a page, roughly: for a model to read, never to be shown as HTML. One pass, whatever the page is like. */
final class HtmlText {
    private HtmlText() {}

    static String of(String html) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c != '<') {
                text.append(c);
                at++;
                continue;
            }
            int end = html.indexOf('>', at);
            if (end < 0) {
                break;
            }
            String tag = html.substring(at + 1, Math.min(end, at + 12)).toLowerCase(Locale.ROOT);
            at = end + 1;
            if (tag.startsWith("script") || tag.startsWith("style")) {
                String close = tag.startsWith("script") ? "</script" : "</style";
                at = skipTo(html, at, close);
            } else if (tag.matches("(?s)/?(p|div|br|li|tr|h[1-6]|section|article|ul|ol|table|title)\\b.*")) {
                text.append('\n');
            }
        }
        return text.toString()
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replaceAll("[ \\t\\r\\f\\x0B]+", " ")
                .replaceAll("\\s*\\n\\s*", "\n")
                .strip();
    }

    private static int skipTo(String html, int from, String close) {
        for (int i = html.indexOf("</", from); i >= 0; i = html.indexOf("</", i + 2)) {
            if (html.regionMatches(true, i, close, 0, close.length())) {
                int end = html.indexOf('>', i);
                return end < 0 ? html.length() : end + 1;
            }
        }
        return html.length();
    }
}
