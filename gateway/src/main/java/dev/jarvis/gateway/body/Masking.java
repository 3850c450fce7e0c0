package dev.jarvis.gateway.body;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets, and what tells who people are: private keys, bearer tokens, API keys, passwords in settings; e-mail addresses,
 * telephone numbers, card, bank account and identity numbers. It is a net, not a proof: names, street addresses and what a
 * text says about people pass. Every pattern is bounded, so that no text takes long.
 */
final class Masking {
    private static final int LONGEST_SECRET = 4096;

    private record Rule(Pattern pattern, String mask, Predicate<String> holds) {
        Rule(String pattern, String mask) {
            this(Pattern.compile(pattern), mask, text -> true);
        }
    }

    /** What is replaced by an earlier rule is out of the way of later ones. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?s:.*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|.*)",
                    "[private_key]"),
            new Rule("(?i)\\bbearer\\s{1,8}[A-Za-z0-9._~+/=-]{8," + LONGEST_SECRET + "}", "Bearer [secret]"),
            new Rule("\\beyJ[\\w-]{8,4096}\\.[\\w-]{8,4096}\\.[\\w-]{0,4096}", "[secret]"),
            new Rule(
                    "\\b(?:(?:sk|pk|rk|gsk|xai|pplx|nvapi|glpat|hf|npm|github_pat|gh[opsru]|xox[abeoprs]|whsec|r8|tgp|key)[-_][\\w-]{16,4096}"
                            + "|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\\w-]{35})",
                    "[secret]"),
            new Rule(
                    "(?i)(?<![\\w-])(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?token|access[_-]?token"
                            + "|refresh[_-]?token|client[_-]?secret)[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?!\\[secret)[^\\s\"',;<>&]{4,512}",
                    "[secret]"),
            new Rule("(?<![\\w.%+-])[\\w.%+-]{1,64}@[\\p{L}0-9-]{1,63}(?:\\.[\\p{L}0-9-]{1,63}){1,8}", "[email]"),
            new Rule(
                    Pattern.compile(
                            "(?<![A-Za-z0-9])[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])"),
                    "[iban]",
                    Checksums::isIban),
            new Rule(Pattern.compile("(?<![0-9])\\d{17}[0-9Xx](?![0-9A-Za-z])"), "[id_number]", Checksums::isChineseId),
            new Rule(Pattern.compile("(?<![0-9])\\d(?:[ -]?\\d){12,18}(?![0-9])"), "[card]", Checksums::isLuhn),
            new Rule("(?<![0-9-])\\d{3}-\\d{2}-\\d{4}(?![0-9-])", "[id_number]"),
            new Rule("(?<![\\w+])\\+\\d[0-9 ().-]{6,20}\\d(?![0-9])", "[phone]"),
            new Rule("(?<![0-9])(?:86[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}(?![0-9])", "[phone]"),
            new Rule("(?<![0-9-])0\\d{2,3}-\\d{7,8}(?![0-9])", "[phone]"),
            new Rule("(?<![0-9-])(?:\\(\\d{3}\\) ?|\\d{3}[-. ])\\d{3}[-. ]\\d{4}(?![0-9])", "[phone]"));

    /** Names of fields whose texts are secrets whatever they look like. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i)(?:.*[_-])?(?:password|passwd|pwd|secret|api[_-]?key|authorization|access[_-]?key|private[_-]?key|auth[_-]?token"
                    + "|access[_-]?token|refresh[_-]?token)");

    private Masking() {}

    static String mask(String text) {
        String masked = text;
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern().matcher(masked);
            if (matcher.find()) {
                masked = matcher.replaceAll(match -> replacement(rule, match));
            }
        }
        return masked;
    }

    private static String replacement(Rule rule, MatchResult match) {
        return Matcher.quoteReplacement(rule.holds().test(match.group()) ? rule.mask() : match.group());
    }

    /** What stands for the text of a field of this name; empty: the field's name says nothing. */
    static Optional<String> ofField(String name) {
        return name.length() <= 64 && SECRET_NAME.matcher(name).matches() ? Optional.of("[secret]") : Optional.empty();
    }
}
