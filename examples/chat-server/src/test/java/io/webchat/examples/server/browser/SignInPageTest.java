package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class SignInPageTest {
    @Test
    void aWrongPasswordIsRefusedOnEveryNodeInWordsThatHelp(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.signsOut();
        ann.opens(people.nodes().url(1));
        ann.expects(Console.Noise.STATUS_401);
        ann.signsIn("not the password");

        assertThat(ann.page().getByRole(AriaRole.ALERT)).containsText("password");
        ann.signsIn();
    }

    @Test
    void aUserIdOrPasswordThatCannotBeIsRefusedBeforeItIsSent(People people) {
        Person ann = people.somebody("ann");
        ann.opens(people.nodes().url(0));
        ann.signsIn("short");
        assertThat(ann.page().getByRole(AriaRole.ALERT)).containsText("8 characters");
        assertThat(ann.field("Password")).isFocused();

        ann.field("User id").fill("<b>ann</b>");
        ann.press("Enter");
        assertThat(ann.field("User id")).isFocused();
        ann.seesTheSignInPage();
    }
}
