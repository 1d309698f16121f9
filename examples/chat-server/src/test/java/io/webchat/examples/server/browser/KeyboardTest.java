package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything without a mouse. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class KeyboardTest {
    private static final int MOST_TABS = 30;

    @Test
    void aWholeConversationByKeyboard(People people) {
        Person bob = people.signedIn("bob", 1);
        Person ann = people.somebody("ann");
        ann.opens(people.nodes().url(0));
        assertThat(ann.field("User id")).isFocused();
        ann.page().keyboard().type(ann.user());
        ann.press("Tab");
        ann.page().keyboard().type(Person.PASSWORD);
        ann.press("Enter");
        tabTo(ann, ann.button("Create account " + ann.user()));
        ann.press("Enter");
        ann.seesTheirConversations();

        tabTo(ann, ann.button("New conversation"));
        ann.press("Enter");
        ann.page().keyboard().type(bob.user());
        ann.press("Enter");
        assertThat(ann.chat().field()).isFocused();
        ann.page().keyboard().type("first line");
        ann.press("Shift+Enter");
        ann.page().keyboard().type("second line");
        ann.press("Enter");
        bob.list().shows(ann.user(), "second line");
        assertThat(ann.chat().field()).isFocused();

        ann.press("Escape");
        assertThat(ann.list().row(bob.user())).isFocused();
        ann.press("Enter");
        assertThat(ann.chat().field()).isFocused();
    }

    @Test
    void theFocusComesBackFromWhereItWasSent(People people) {
        Person bob = people.signedIn("bob", 1);
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(bob);
        assertThat(ann.chat().field()).isFocused();
        returnsFrom(ann, ann.button("Details"), ann.dialog(bob.user()));
        returnsFrom(ann, ann.button("New room"), ann.dialog("New room"));
        returnsFrom(ann, ann.button("Sign out"), ann.dialog("Sign out?"));

        Locator search = ann.button("Search messages");
        search.focus();
        ann.press("Enter");
        assertThat(ann.field("Search in this conversation")).isFocused();
        ann.press("Escape");
        assertThat(search).isFocused();
    }

    @Test
    void arrowsMoveThroughTheListOfConversations(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        for (String name : new String[] {"bob", "carol", "dave"}) {
            people.backend().sends(people.userId(name), ann.user(), "hello");
            ann.list().shows(people.userId(name), "hello");
        }
        ann.list().row(people.userId("dave")).focus();
        ann.press("ArrowDown");
        assertThat(ann.list().row(people.userId("carol"))).isFocused();
        ann.press("End");
        assertThat(ann.list().row(people.userId("bob"))).isFocused();
        ann.press("Home");
        assertThat(ann.list().row(people.userId("dave"))).isFocused();
    }

    @Test
    void theFirstTabOffersToSkipTheListAndOneTabPassesTheMessages(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.member("bob"));
        for (String text : new String[] {"one", "two", "three"}) {
            ann.writes(text);
        }
        ann.press("Escape");
        ann.opens(people.nodes().url(0));
        ann.seesTheirConversations();
        Locator skip = ann.button("Skip to the conversation");
        ann.press("Tab");
        assertThat(skip).isFocused();
        assertThat(skip).isInViewport();

        ann.list().open("bob");
        ann.sees("three");
        skip.focus();
        ann.press("Enter");
        assertThat(ann.chat().region()).isFocused();
        ann.press("ArrowUp");
        assertThat(ann.chat().message("three")).isFocused();
        ann.press("Tab");
        assertThat(ann.page().locator("#messages :focus")).hasCount(0);
    }

    private static void returnsFrom(Person person, Locator button, Locator dialog) {
        button.focus();
        person.press("Enter");
        assertThat(dialog).isVisible();
        person.press("Escape");
        assertThat(dialog).isHidden();
        assertThat(button).isFocused();
    }

    /** Presses Tab until it is there; it must be among the first so many. */
    private static void tabTo(Person person, Locator wanted) {
        for (int i = 0; i < MOST_TABS && !isFocused(wanted); i++) {
            person.press("Tab");
        }
        assertThat(wanted).isFocused();
    }

    private static boolean isFocused(Locator locator) {
        return Boolean.TRUE.equals(locator.evaluate("node => node === document.activeElement"));
    }
}
