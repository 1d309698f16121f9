package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rooms have members and owners, who see at once what happens to them. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class RoomPageTest {
    private static final String ROOM = "The team";

    @Test
    void anOwnerAddsAndRemovesMembersAndEveryoneMayLeave(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        Person carol = people.signedIn("carol", 1);
        Rooms.create(ann, ROOM, bob);
        ann.writes("first");
        bob.list().open(ROOM);
        bob.sees("first");

        Locator dialog = Rooms.details(ann, ROOM);
        assertThat(Rooms.members(dialog)).hasCount(2);
        Rooms.add(dialog, carol.user());
        assertThat(Rooms.members(dialog)).hasCount(3);
        ann.press("Escape");
        ann.writes("hello carol");
        carol.list().open(ROOM);
        carol.sees("hello carol");

        Rooms.button(Rooms.details(bob, ROOM), "Leave room").click();
        Rooms.button(bob.dialog("Leave this room?"), "Leave").click();
        bob.chat().says("You are no longer in this room");
        assertThat(bob.chat().field()).isHidden();

        dialog = Rooms.details(ann, ROOM);
        Rooms.button(dialog, "Remove " + carol.user()).click();
        Rooms.button(ann.dialog("Remove " + carol.user() + "?"), "Remove").click();
        assertThat(Rooms.members(dialog)).hasCount(1);
        ann.press("Escape");
        ann.writes("alone");
        ann.sees("alone");
        assertThat(bob.chat().message("alone")).hasCount(0);
    }

    @Test
    void whatHappensToARoomShowsAtOnceAndClosesItForWhoeverIsRemoved(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        Rooms.create(ann, ROOM, bob);
        ann.writes("hello bob");
        bob.list().open(ROOM);
        bob.sees("hello bob");
        ann.chat().marks("hello bob", "Seen");
        MessageMenuTest.choose(ann, "hello bob", "Info");
        assertThat(ann.dialog("About this message")).containsText("Seen by" + bob.user());
        ann.press("Escape");

        Locator dialog = Rooms.details(ann, ROOM);
        dialog.getByLabel("Role of " + bob.user()).selectOption("reader");
        bob.sees("You are now a reader");
        assertThat(bob.page().getByText("You can read here, and not write.")).isVisible();
        assertThat(bob.chat().field()).isHidden();

        Rooms.button(dialog, "Remove " + bob.user()).click();
        Rooms.button(ann.dialog("Remove " + bob.user() + "?"), "Remove").click();
        assertThat(bob.page().locator("#composer-reason")).hasText("You are no longer in this room.");
        bob.sees(ann.user() + " removed you");
        assertThat(Rooms.members(dialog)).hasCount(1);
        ann.press("Escape");
        ann.sees("You removed " + bob.user());
    }

    @Test
    void theOnlyOwnerIsToldWhoFollowsAndHowToChooseThem(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.member("bob");
        Rooms.create(ann, ROOM, bob);
        Locator dialog = Rooms.details(ann, ROOM);
        Rooms.button(dialog, "Leave room").click();
        Locator question = ann.dialog("Leave this room?");
        assertThat(question).containsText("You are its only owner.");
        assertThat(question).containsText("make somebody else one before");
        Rooms.button(question, "Cancel").click();
        assertThat(Rooms.members(dialog)).hasCount(2);

        dialog.getByLabel("Role of " + bob.user()).selectOption("owner");
        assertThat(dialog.getByRole(AriaRole.HEADING)).isFocused();
        Rooms.button(dialog, "Leave room").click();
        assertThat(question).isVisible();
        assertThat(question).not().containsText("only owner");
        Rooms.button(question, "Leave").click();
        ann.chat().says("You are no longer in this room");
        assertThat(ann.chat().field()).isHidden();
    }

    @Test
    void membersOfOnesRoomsAreOfferedWhereAUserIdIsWritten(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.member("bob");
        people.backend().setsProfile(bob.user(), "Bob", Map.of());
        Rooms.create(ann, ROOM, bob);
        assertThat(Rooms.members(Rooms.details(ann, ROOM))).hasCount(2);
        ann.press("Escape");
        ann.button("New conversation").click();
        Locator offered = ann.page().locator("#known-people option");
        assertThat(ann.dialog("New conversation").getByLabel("User id")).hasAttribute("list", "known-people");
        assertThat(offered).hasCount(1);
        assertThat(offered).hasAttribute("value", bob.user());
    }
}
