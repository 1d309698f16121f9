package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class ProfilePageTest {
    private static final String ELSEWHERE = "https://pictures.invalid/ann.png";
    private static final String IN_THE_PROFILE = "img[src^='data:image/webp;base64,']";

    @Test
    void aNameAndAPictureAreWhatOthersSee(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        openProfile(ann);
        Locator dialog = ann.dialog("Your profile");
        dialog.getByLabel("Name").fill("Ann Other");
        choosePicture(ann, SentFiles.picture("ann.png", 900, 600));
        assertThat(dialog.locator(IN_THE_PROFILE)).isVisible();
        Axe.check(ann, "a profile with a picture");
        save(dialog);
        assertThat(dialog).isHidden();
        assertThat(profileButton(ann)).containsText("Ann Other");

        // Strangers see no profile: the two have to write to each other first.
        bob.startsConversationWith(ann);
        bob.writes("hello");
        ann.opensConversationWith(bob);
        ann.writes("hello bob");
        bob.chat().isCalled("Ann Other");
        assertThat(bob.page().locator(IN_THE_PROFILE).first()).isVisible();
        assertThat(bob.page().locator(IN_THE_PROFILE).first()).hasJSProperty("naturalWidth", 128);
        ann.reloads();
        assertThat(profileButton(ann)).containsText("Ann Other");
        openProfile(ann);
        Rooms.button(ann.dialog("Your profile"), "Remove the picture").click();
        save(ann.dialog("Your profile"));
        assertThat(ann.page().locator(IN_THE_PROFILE)).hasCount(0);
    }

    @Test
    void whatIsNoPictureIsRefusedInWords(People people) {
        Person ann = people.signedIn("ann", 0);
        openProfile(ann);
        choosePicture(ann, new FilePayload("ann.png", "image/png", new byte[] {1, 2, 3}));
        assertThat(ann.dialog("Your profile").getByRole(AriaRole.ALERT)).containsText("This picture cannot be read");
    }

    @Test
    void G13_aPictureOfAnotherServerIsNotLoaded(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        List<String> asked = new CopyOnWriteArrayList<>();
        ann.page().onRequest(request -> asked.add(request.url()));
        String bob = people.userId("bob");
        people.backend().setsProfile(bob, "Bob", Map.of("picture", ELSEWHERE));
        people.backend().sends(bob, ann.user(), "hello");
        ann.list().shows("Bob", "hello");
        ann.list().open("Bob");
        ann.sees("hello");
        assertThat(ann.page().locator(".avatar img")).hasCount(0);
        assertThat(asked).isNotEmpty().noneMatch(url -> url.contains("pictures.invalid"));
    }

    @Test
    void aBlockedPersonIsNotHeardUntilUnblocked(People people) {
        Person ann = people.signedIn("ann", 0);
        // On the same node: others hear of a block, and that it was lifted, a few seconds later.
        Person bob = people.signedIn("bob", 0);
        ann.startsConversationWith(bob);
        ann.chat().openDetails();
        Rooms.button(ann.dialog(bob.user()), "Block").click();
        assertThat(Rooms.button(ann.dialog(bob.user()), "Unblock")).isVisible();
        ann.press("Escape");
        ann.chat().says("Blocked");
        assertThat(ann.chat().field()).isHidden();

        bob.startsConversationWith(ann);
        bob.writes("can you hear me?");
        bob.chat().showsAsFailed("can you hear me?");
        bob.chat().saysNothingOf("Online");

        ann.button("Unblock").click();
        assertThat(ann.chat().field()).isVisible();
        bob.writes("and now?");
        ann.sees("and now?");
        assertThat(ann.chat().message("can you hear me?")).hasCount(0);
    }

    private static void openProfile(Person person) {
        profileButton(person).click();
    }

    private static Locator profileButton(Person person) {
        return person.page().getByTitle("Your profile");
    }

    private static void save(Locator dialog) {
        Rooms.button(dialog, "Save").click();
    }

    private static void choosePicture(Person person, FilePayload file) {
        Locator choose = Rooms.button(person.dialog("Your profile"), "Choose a picture…");
        person.page().waitForFileChooser(choose::click).setFiles(file);
    }
}
