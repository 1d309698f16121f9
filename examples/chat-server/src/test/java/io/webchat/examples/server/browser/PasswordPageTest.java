package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A password is changed by whoever knows it; from then on the new one signs in, and the old one does not. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class PasswordPageTest {
    private static final String NEW_PASSWORD = "an even better one";

    private static void change(Locator dialog, String present, String next) {
        dialog.getByLabel("Present password").fill(present);
        dialog.getByLabel("New password", new Locator.GetByLabelOptions().setExact(true))
                .fill(next);
        dialog.getByLabel("New password again").fill(next);
        Rooms.button(dialog, "Change").click();
    }

    @Test
    void onlyTheNewPasswordSignsIn(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.page().getByTitle("Your profile").click();
        ann.button("Change password…").click();
        Locator dialog = ann.dialog("Change your password");
        Axe.check(ann, "a password to change");
        ann.expects(Console.Noise.STATUS_403);
        change(dialog, "not her password", NEW_PASSWORD);
        assertThat(dialog.getByRole(AriaRole.ALERT)).hasText("That is not your present password.");
        change(dialog, Person.PASSWORD, NEW_PASSWORD);
        assertThat(dialog.getByRole(AriaRole.STATUS)).containsText("Your password is changed");
        ann.press("Escape");
        ann.press("Escape");

        ann.signsOut();
        ann.seesTheSignInPage();
        ann.expects(Console.Noise.STATUS_401);
        ann.signsIn(Person.PASSWORD);
        assertThat(ann.page().getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("go together")))
                .isVisible();
        ann.signsIn(NEW_PASSWORD);
        ann.seesTheirConversations();
    }
}
