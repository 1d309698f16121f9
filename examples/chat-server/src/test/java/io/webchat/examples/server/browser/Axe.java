package io.webchat.examples.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;

/** Lets axe look for barriers in a page. */
final class Axe {
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private Axe() {}

    /** Fails when axe finds something serious in the page as it is now, light or dark. */
    static void check(Person person, String state) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            person.prefers(scheme);
            // Legacy mode: without a page of its own. There are no frames here that would need one.
            List<Rule> found =
                    new AxeBuilder(person.page()).setLegacyMode(true).analyze().getViolations();
            assertThat(found)
                    .filteredOn(rule -> SERIOUS.contains(rule.getImpact()))
                    .as(state + ", " + scheme)
                    .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
                    .isEmpty();
        }
    }
}
