package dev.jarvis.gateway.body;

import java.math.BigInteger;
import java.util.Locale;

/** The check digits by which a number is told from one that only looks like it. */
final class Checksums {
    private static final int[] ID_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String ID_CHECKS = "10X98765432";

    private Checksums() {}

    /** Payment cards (ISO/IEC 7812). */
    static boolean isLuhn(String text) {
        int sum = 0;
        boolean twice = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            if (Character.isDigit(text.charAt(i))) {
                int digit = text.charAt(i) - '0';
                int doubled = twice ? digit * 2 : digit;
                sum += doubled > 9 ? doubled - 9 : doubled;
                twice = !twice;
            }
        }
        return sum % 10 == 0;
    }

    /** Resident identity numbers of China (GB 11643): seventeen digits and a check. */
    static boolean isChineseId(String text) {
        int sum = 0;
        for (int i = 0; i < ID_WEIGHTS.length; i++) {
            sum += (text.charAt(i) - '0') * ID_WEIGHTS[i];
        }
        return ID_CHECKS.charAt(sum % 11) == Character.toUpperCase(text.charAt(17));
    }

    /** Bank accounts (ISO 13616). */
    static boolean isIban(String text) {
        String compact = text.replace(" ", "").toUpperCase(Locale.ROOT);
        StringBuilder digits = new StringBuilder();
        (compact.substring(4) + compact.substring(0, 4))
                .chars()
                .forEach(c -> digits.append(Character.getNumericValue(c)));
        return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }
}
