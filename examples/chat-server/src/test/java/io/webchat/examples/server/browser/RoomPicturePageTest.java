package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Owners give a room a picture, which its members see in the list, above the conversation and in the details. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class RoomPicturePageTest {
    private static final String ROOM = "The den";
    private static final String PICTURE = "img[src^='data:image/']";

    private static void choose(Person person, Locator dialog, FilePayload file) {
        Locator choose = Rooms.button(dialog, "Choose a picture…");
        person.page().waitForFileChooser(choose::click).setFiles(file);
    }

    private static Locator inTheList(Person person) {
        return person.page().locator("#conversations .avatar-room " + PICTURE);
    }

    private static Locator above(Person person) {
        return person.page().locator("#chat-avatar " + PICTURE);
    }

    @Test
    void thePictureOfARoomIsSeenByItsMembersUntilAnOwnerRemovesIt(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        Rooms.create(ann, ROOM, bob);
        bob.list().open(ROOM);
        Locator dialog = Rooms.details(ann, ROOM);
        choose(ann, dialog, SentFiles.picture("den.png", 900, 600));
        assertThat(dialog.locator(PICTURE)).isVisible();
        Axe.check(ann, "a room with a picture");
        ann.press("Escape");
        assertThat(inTheList(ann)).isVisible();
        assertThat(above(ann)).isVisible();

        assertThat(inTheList(bob)).isVisible();
        assertThat(above(bob)).hasJSProperty("naturalWidth", 128);
        bob.reloads();
        assertThat(inTheList(bob)).isVisible();
        bob.list().open(ROOM);
        Locator seen = Rooms.details(bob, ROOM);
        assertThat(seen.locator(PICTURE)).isVisible();
        assertThat(Rooms.button(seen, "Choose a picture…")).isHidden();
        bob.press("Escape");

        Rooms.button(Rooms.details(ann, ROOM), "Remove the picture").click();
        assertThat(ann.page().locator(PICTURE)).hasCount(0);
        // His dialog is closed. It keeps what it showed until it is opened again.
        assertThat(bob.page().locator(PICTURE + ":visible")).hasCount(0);
    }

    @Test
    void whatIsNoPictureIsRefusedInWords(People people) {
        Person ann = people.signedIn("ann", 0);
        Rooms.create(ann, ROOM);
        Locator dialog = Rooms.details(ann, ROOM);
        choose(ann, dialog, new FilePayload("den.png", "image/png", new byte[] {1, 2, 3}));
        assertThat(dialog.getByRole(AriaRole.ALERT).first()).containsText("This picture cannot be read");
    }
}
