package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** axe finds nothing serious in any state of the page, light or dark. */
@ExtendWith(BrowserTests.class)
class AccessibilityTest {
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private static void check(Person person, String state) {
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

    @Test
    void signingInAndAnEmptyList(People people) {
        Person ann = people.somebody("ann");
        ann.opens(people.nodes().url(0));
        ann.seesTheSignInPage();
        check(ann, "sign-in");
        ann.signsIn("short");
        check(ann, "sign-in, refused");
        ann.signsIn();
        check(ann, "no conversations");
    }

    @Test
    void aConversation(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        String bob = people.userId("bob");
        people.backend().sends(bob, ann.user(), "unread");
        ann.list().shows(bob, "1 unread message");
        check(ann, "something unread");
        ann.list().open(bob);
        ann.writes("an answer");
        ann.chat().marks("an answer", "Sent");
        check(ann, "a conversation");
        ann.chat().search("an");
        check(ann, "a search");
        ann.press("Escape");
        ann.goesOffline();
        ann.seesTheBanner("You are offline");
        ann.writes("waiting");
        check(ann, "offline");
    }

    @Test
    void dialogs(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.userId("bob"));
        for (String button : List.of("New conversation", "New room", "Sign out", "Details")) {
            ann.button(button).click();
            check(ann, button);
            ann.press("Escape");
        }
        ann.page().getByTitle("Your profile").click();
        check(ann, "profile");
        ann.press("Escape");
        Rooms.create(ann, "The team");
        ann.writes("hello all");
        Rooms.details(ann, "The team");
        check(ann, "a room's members");
    }

    @Test
    void onAPhone(People people) throws Exception {
        Person ann = people.somebody("ann").onAPhone();
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        String bob = people.userId("bob");
        people.backend().sends(bob, ann.user(), "hello");
        ann.list().shows(bob, "hello");
        check(ann, "list on a phone");
        ann.list().open(bob);
        assertThat(ann.chat().message("hello")).isVisible();
        check(ann, "conversation on a phone");
    }
}
