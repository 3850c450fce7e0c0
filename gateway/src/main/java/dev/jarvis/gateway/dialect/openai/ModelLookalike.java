package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.platform.http.Refusal;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Recognises keys that are not {@code model} and that a careless or case-insensitive reader would take for it: then the
 * provider would run another model than the one priced here.
 */
final class ModelLookalike {
    private static final String MODEL = "model";
    private static final int LONGEST = 64;
    /** Letters of other scripts that look like those of "model", and what they look like. */
    private static final String LOOKS = "оοօ0еєԁⅾӏıi1|мⅿ";

    private static final String LIKE = "oooo" + "ee" + "dd" + "lllll" + "mm";

    private ModelLookalike() {}

    static void refuse(String key) {
        if (key.length() <= LONGEST && isLookalike(key)) {
            throw Refusal.badRequest(
                    "unknown_parameter", "A field looks like 'model' and is spelt differently. Use 'model'.", key);
        }
    }

    private static boolean isLookalike(String key) {
        StringBuilder skeleton = new StringBuilder(key.length());
        Normalizer.normalize(key, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(ModelLookalike::isVisible)
                .map(ModelLookalike::plain)
                .forEach(skeleton::appendCodePoint);
        return MODEL.contentEquals(skeleton);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int plain(int c) {
        int index = LOOKS.indexOf(c);
        return index < 0 ? c : LIKE.charAt(index);
    }
}
