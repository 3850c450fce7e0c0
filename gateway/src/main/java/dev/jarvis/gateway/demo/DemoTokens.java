package dev.jarvis.gateway.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The demo model's own tokens, simple enough to count by hand: a Chinese, Japanese or Korean character is one; a run of
 * other letters and digits is one, together with the white space before it; any other character is one, likewise.
 */
final class DemoTokens {
    private static final String CJK = "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]";
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:" + CJK + "|(?:(?!" + CJK + ")[\\p{L}\\p{M}\\p{N}])+|\\S)|\\s+$", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern ANY_CJK = Pattern.compile(CJK);

    private DemoTokens() {}

    /** The tokens; joined they are the text. */
    static List<String> split(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            tokens.add(token.group());
        }
        return tokens;
    }

    static int count(String text) {
        int count = 0;
        for (Matcher token = TOKEN.matcher(text); token.find(); ) {
            count++;
        }
        return count;
    }

    static boolean isChinese(String text) {
        return ANY_CJK.matcher(text).find();
    }
}
