package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People are mentioned by a few keys, and whoever is mentioned sees it in the list and in the message. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class MentionsPageTest {
    private static Locator offered(Person person) {
        return person.page().getByRole(AriaRole.LISTBOX).getByRole(AriaRole.OPTION);
    }

    @Test
    void whoeverIsMentionedSeesIt(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        Person bea = people.signedIn("bea", 1);
        Rooms.create(ann, "The team", bob, bea);

        ann.chat().type("hello @b");
        assertThat(offered(ann)).hasCount(2);
        Axe.check(ann, "people to mention");
        ann.press("ArrowDown");
        assertThat(offered(ann).last()).hasAttribute("aria-selected", "true");
        ann.press("Escape");
        assertThat(offered(ann)).hasCount(0);
        ann.chat().isCalled("The team");
        ann.chat().type("o");
        assertThat(offered(ann)).hasCount(1);
        ann.press("Enter");
        assertThat(ann.chat().field()).hasValue("hello @" + bob.user() + " ");
        ann.chat().type("and all");
        ann.press("Enter");

        bob.list().shows("The team", "mentions you");
        bea.list().shows("The team", "1 unread message");
        bea.list().showsNothingOf("The team", "mentions you");
        Axe.check(bob, "a mention in the list");
        bob.list().open("The team");
        Locator message = bob.chat().messages().last();
        assertThat(message).containsText("Mentions you.");
        assertThat(message.getByTitle(bob.user())).hasText("@" + bob.user());
        bob.list().showsNothingOf("The team", "mentions you");
        Axe.check(bob, "a mention");
    }

    @Test
    void whatIsWrittenWithoutTheListMentionsToo(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        Rooms.create(ann, "The team", bob);
        ann.writes("@" + bob.user() + ": come here");
        bob.list().shows("The team", "mentions you");
    }
}
