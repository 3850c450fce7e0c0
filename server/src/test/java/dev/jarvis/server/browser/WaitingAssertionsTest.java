package dev.jarvis.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import java.util.Set;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * What a page shows at one moment depends on the machine, so nothing here may ask for it: {@code assertThat(locator)} waits.
 * {@code isVisible()} and {@code isHidden()} wait too, but throw at once where two match for a moment, which {@code seen} and
 * {@code gone} do not.
 */
class WaitingAssertionsTest {
    private static final Set<String> AT_ONCE = Set.of(
            "all",
            "allInnerTexts",
            "allTextContents",
            "count",
            "getAttribute",
            "innerHTML",
            "innerText",
            "inputValue",
            "isChecked",
            "isDisabled",
            "isEditable",
            "isEnabled",
            "isHidden",
            "isVisible",
            "textContent");

    private static final Set<String> ONE_ONLY = Set.of("isHidden", "isVisible");

    @Test
    void noTestOfAPageLooksOnlyOnce() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(BrowserTest.class) // which waits, and bears two
                .should()
                .callMethodWhere(new DescribedPredicate<>("a page is read at once; wait for what it shall show") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return readsAtOnce(call) || throwsAtTwo(call);
                    }
                })
                .check(new ClassFileImporter().importPackagesOf(BrowserTest.class));
    }

    private static boolean readsAtOnce(JavaMethodCall call) {
        return (call.getTargetOwner().isEquivalentTo(Locator.class)
                        || call.getTargetOwner().isEquivalentTo(Page.class))
                && AT_ONCE.contains(call.getName());
    }

    private static boolean throwsAtTwo(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(LocatorAssertions.class) && ONE_ONLY.contains(call.getName());
    }
}
