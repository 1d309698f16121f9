package io.webchat.examples.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/** Lets axe look for barriers in a page. */
final class Axe {
    private Axe() {}

    /** Fails when axe finds anything in the page as it is now, light or dark, or when it has not one main heading. */
    static void check(Person person, String state) {
        assertThat(person.page().locator("main:visible h1").count()).as(state).isEqualTo(1);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            person.prefers(scheme);
            // Legacy mode: without a page of its own. There are no frames here that would need one.
            List<Rule> found =
                    new AxeBuilder(person.page()).setLegacyMode(true).analyze().getViolations();
            assertThat(found)
                    .as(state + ", " + scheme)
                    .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
                    .isEmpty();
        }
    }
}
