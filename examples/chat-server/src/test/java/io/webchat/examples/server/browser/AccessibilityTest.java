package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** axe finds nothing in any state of the page, light or dark. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class AccessibilityTest {
    @Test
    void signingInAndAnEmptyList(People people) {
        Person ann = people.somebody("ann");
        ann.opens(people.nodes().url(0));
        ann.seesTheSignInPage();
        Axe.check(ann, "sign-in");
        ann.signsIn("short");
        Axe.check(ann, "sign-in, refused");
        ann.signsIn();
        Axe.check(ann, "no conversations");
    }

    @Test
    void aConversation(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        String bob = people.userId("bob");
        people.backend().sends(bob, ann.user(), "unread");
        ann.list().shows(bob, "1 unread message");
        Axe.check(ann, "something unread");
        ann.list().open(bob);
        ann.writes("an answer");
        ann.chat().marks("an answer", "Sent");
        Axe.check(ann, "a conversation");
        ann.chat().search("an");
        Axe.check(ann, "a search");
        ann.press("Escape");
        ann.goesOffline();
        ann.seesTheBanner("You are offline");
        ann.writes("waiting");
        Axe.check(ann, "offline");
    }

    @Test
    void dialogs(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.member("bob"));
        for (String button : List.of("New conversation", "New room", "Sign out", "Details")) {
            ann.button(button).click();
            Axe.check(ann, button);
            ann.press("Escape");
        }
        ann.page().getByTitle("Your profile").click();
        Axe.check(ann, "profile");
        ann.press("Escape");
        Rooms.create(ann, "The team");
        ann.writes("hello all");
        Rooms.details(ann, "The team");
        Axe.check(ann, "a room's members");
    }

    @Test
    void forcedColoursKeepBordersSelectionAndChoices(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.member("bob"));
        ann.writes("hello");
        ann.page().emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        assertThat(ann.chat().messages().first().locator(".bubble")).hasCSS("border-top-style", "solid");
        assertThat(ann.list().row("bob")).hasCSS("outline-style", "solid");
        ann.page().getByTitle("Your profile").click();
        Locator chosen = ann.dialog("Your profile").locator(".swatch:has(:checked)");
        assertThat(chosen).hasCSS("outline-style", "solid");
        assertThat(chosen).hasCSS("forced-color-adjust", "none");
        assertThat(ann.page().locator("main:visible")).hasCount(1);
    }
}
