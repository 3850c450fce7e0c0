package dev.jarvis.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

import java.util.Locale;

/** How a visitor's browser is set: language, appearance, size of the window. */
public record Look(Language language, Appearance appearance, Size size) {
    public static final Look ENGLISH = new Look(Language.EN, Appearance.LIGHT, Size.LAPTOP);
    public static final Look CHINESE = new Look(Language.ZH, Appearance.LIGHT, Size.LAPTOP);

    /** What the browser says that its user reads. */
    public enum Language {
        EN("en-US"),
        ZH("zh-CN");

        private final String locale;

        Language(String locale) {
            this.locale = locale;
        }
    }

    /** What the operating system asks pages to look like. */
    public enum Appearance {
        LIGHT(ColorScheme.LIGHT),
        DARK(ColorScheme.DARK);

        private final ColorScheme scheme;

        Appearance(ColorScheme scheme) {
            this.scheme = scheme;
        }
    }

    /** In CSS pixels. */
    public enum Size {
        DESKTOP(1680, 1050),
        LAPTOP(1280, 800),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    public Look dark() {
        return new Look(language, Appearance.DARK, size);
    }

    public Look on(Size other) {
        return new Look(language, appearance, other);
    }

    Browser.NewContextOptions options(String base) {
        boolean isPhone = size == Size.PHONE;
        return new Browser.NewContextOptions()
                .setBaseURL(base)
                .setLocale(language.locale)
                .setTimezoneId("Asia/Shanghai")
                .setColorScheme(appearance.scheme)
                // What moves is not where a click expects it.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(size.width, size.height)
                .setIsMobile(isPhone)
                .setHasTouch(isPhone);
    }

    /** For names of files: {@code en-light-laptop}. */
    @Override
    public String toString() {
        return (language + "-" + appearance + "-" + size).toLowerCase(Locale.ROOT);
    }
}
