package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class ProfilePageTest {
    private static final String PICTURE = "https://pictures.invalid/ann.png";
    private static final byte[] PIXEL = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @Test
    void aNameAndAPictureAreWhatOthersSee(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        serveThePicture(ann);
        serveThePicture(bob);
        openProfile(ann);
        Locator dialog = ann.dialog("Your profile");
        dialog.getByLabel("Name").fill("Ann Other");
        dialog.getByLabel("Picture").fill(PICTURE);
        save(dialog);
        assertThat(dialog).isHidden();
        assertThat(profileButton(ann)).containsText("Ann Other");

        // Strangers see no profile: the two have to write to each other first.
        bob.startsConversationWith(ann);
        bob.writes("hello");
        ann.opensConversationWith(bob);
        ann.writes("hello bob");
        bob.chat().isCalled("Ann Other");
        assertThat(bob.page().locator("img[src='" + PICTURE + "']").first()).isVisible();
        ann.reloads();
        assertThat(profileButton(ann)).containsText("Ann Other");
    }

    @Test
    void aPictureWithoutAnHttpsAddressIsRefused(People people) {
        Person ann = people.signedIn("ann", 0);
        openProfile(ann);
        Locator dialog = ann.dialog("Your profile");
        dialog.getByLabel("Picture").fill("javascript:alert(1)");
        save(dialog);
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("https://");
        assertThat(dialog.getByLabel("Picture")).isFocused();
        ann.press("Escape");
        assertThat(dialog).isHidden();
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

    private static void serveThePicture(Person person) {
        person.page()
                .route(
                        Pattern.compile("^https://pictures\\.invalid/"),
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("image/png")
                                .setBodyBytes(PIXEL)));
    }
}
