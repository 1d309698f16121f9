package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people write: with which keys, what becomes of links and code in it, and where a draft stays. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class WritingPageTest {
    @Test
    void onATouchScreenEnterBeginsALineAndTheButtonSends(People people) throws Exception {
        Person ann = people.somebody("ann").onAPhone();
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.startsConversationWith(people.member("bob"));
        ann.chat().field().fill("one");
        ann.chat().field().press("Enter");
        ann.chat().type("two");
        assertThat(ann.chat().field()).hasValue("one\ntwo");
        assertThat(ann.chat().messages()).hasCount(0);
        ann.button("Send").tap();
        ann.sees("one two");
    }

    @Test
    void linksMailAndCodeAreRecognisedAndNothingElse(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.member("bob"));
        ann.writes("see https://example.org/a?b=1. or ann@example.org, run `ls -l <b>x</b>`");
        Locator message = ann.chat().messages().first();
        Locator link = message.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("https://"));
        assertThat(link).hasAttribute("href", "https://example.org/a?b=1");
        assertThat(link).hasAttribute("rel", "noopener noreferrer nofollow");
        assertThat(link).hasAttribute("target", "_blank");
        assertThat(message.getByText("ann@example.org", new Locator.GetByTextOptions().setExact(true)))
                .hasAttribute("href", "mailto:ann@example.org");
        assertThat(message.locator("code")).hasText("ls -l <b>x</b>");
        assertThat(message.locator("b")).hasCount(0);
        ann.writes("javascript:alert(1) data:text/html,x ftp://example.org");
        assertThat(ann.chat().messages().nth(1).getByRole(AriaRole.LINK)).hasCount(0);
        ann.writes("http://example.org/plain");
        assertThat(ann.chat().messages().nth(2).getByRole(AriaRole.LINK))
                .hasAttribute("href", "http://example.org/plain");
    }

    @Test
    void aDraftIsFlaggedInTheListAndSharedByTabsAndGoesWithTheRest(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.member("bob");
        Person carol = people.member("carol");
        ann.startsConversationWith(bob);
        ann.chat().type("to be cont");
        ann.startsConversationWith(carol);
        assertThat(ann.chat().field()).hasValue("");
        ann.list().shows(bob.user(), "Draft: to be cont");

        ann.opensAnotherTab();
        ann.opensConversationWith(bob);
        assertThat(ann.chat().field()).hasValue("to be cont");
        ann.reloads();
        assertThat(ann.chat().field()).hasValue("to be cont");

        ann.button("Sign out").click();
        Locator dialog = ann.dialog("Sign out?");
        dialog.getByLabel("Delete them from this browser").check();
        Rooms.button(dialog, "Sign out").click();
        ann.seesTheSignInPage();
        ann.signsIn();
        ann.startsConversationWith(bob);
        assertThat(ann.chat().field()).hasValue("");
    }
}
