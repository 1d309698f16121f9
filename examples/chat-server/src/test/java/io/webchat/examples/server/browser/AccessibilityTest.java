package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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
        ann.signsIn(Person.PASSWORD);
        assertThat(ann.button("Create account " + ann.user())).isVisible();
        Axe.check(ann, "an account to be made");
        ann.button("Create account " + ann.user()).click();
        ann.seesTheirConversations();
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
    void messagesOfEachKind(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        ann.writes("a question, see https://example.org");
        ann.writes("a mistake");
        ann.chat().marks("a mistake", "Delivered");
        bob.opensConversationWith(ann);
        ann.chat().marks("a mistake", "Seen");
        MessageMenuTest.choose(ann, "a mistake", "Delete…");
        Axe.check(ann, "a message to be deleted");
        Rooms.button(ann.dialog("Delete this message?"), "Delete").click();
        ann.sees("This message was deleted");
        bob.chat().type("I am wri");
        ann.chat().says("typing…");
        Axe.check(ann, "somebody types");
        bob.writes("an answer with `code`");
        MessageMenuTest.choose(ann, "an answer with code", "Reply");
        Axe.check(ann, "an answer being written");
        ann.writes("an answer to that");
        MessageMenuTest.choose(ann, "an answer to that", "Edit");
        Axe.check(ann, "a message being edited");
        ann.writes("a changed answer");
        bob.sees("a changed answer");
        MessageMenuTest.choose(bob, "a changed answer", "React…");
        bob.page().getByRole(AriaRole.MENUITEM).first().click();
        assertThat(ann.chat().message("a changed answer").locator(".reactions button"))
                .hasCount(1);
        Axe.check(ann, "messages of each kind");
        Axe.check(bob, "messages of each kind, from the other side");
    }

    @Test
    void conversationsThatAreClosed(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 0);
        bob.startsConversationWith(ann);
        bob.chat().openDetails();
        Rooms.button(bob.dialog(ann.user()), "Block").click();
        Axe.check(bob, "a person who is blocked");
        bob.press("Escape");
        bob.chat().says("Blocked");
        Axe.check(bob, "a conversation with somebody who is blocked");
        ann.startsConversationWith(bob);
        ann.writes("may I?");
        ann.chat().showsAsFailed("may I?");
        Axe.check(ann, "a message that failed");

        Person carol = people.member("carol");
        Rooms.create(ann, "The team", carol);
        Rooms.button(Rooms.details(ann, "The team"), "Leave room").click();
        Axe.check(ann, "a room to leave");
        Rooms.button(ann.dialog("Leave this room?"), "Leave").click();
        ann.chat().says("You are no longer in this room");
        Axe.check(ann, "a room that was left");
    }

    @Test
    void searchesAndDrafts(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.member("bob"));
        ann.writes("hello");
        ann.chat().search("hello");
        ann.chat().showsMatches("1 of 1");
        Axe.check(ann, "a match");
        ann.field("Search in this conversation").fill("nothing like that");
        ann.chat().showsMatches("No match");
        Axe.check(ann, "no match");
        ann.press("Escape");
        ann.chat().type("to be continued");
        ann.startsConversationWith(people.member("carol"));
        ann.list().shows("bob", "Draft: to be continued");
        Axe.check(ann, "a draft");
        ann.field("Search conversations").fill("nobody like that");
        assertThat(ann.page().getByText("Nothing matches")).isVisible();
        Axe.check(ann, "no conversation matches");
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
