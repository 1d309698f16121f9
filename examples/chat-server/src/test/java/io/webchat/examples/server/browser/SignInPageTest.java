package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
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

    @Test
    void aTypoMakesNoAccountAndNoConversation(People people) throws Exception {
        Person ann = people.member("ann");
        String typo = people.userId("annn");
        ann.opens(people.nodes().url(0));
        ann.field("User id").fill(typo);
        ann.field("Password").fill(Person.PASSWORD);
        ann.button("Sign in").click();
        assertThat(ann.page().getByRole(AriaRole.ALERT)).containsText("There is no user " + typo);
        assertThat(ann.button("Create account " + typo)).isVisible();
        assertThat(ann.field("User id")).isFocused();
        ann.field("User id").fill("");
        assertThat(ann.button("Create account " + typo)).isHidden();
        ann.signsIn();

        Person bob = people.member("bob");
        ann.startsConversationWith(people.userId("bobb"));
        Locator dialog = ann.dialog("New conversation");
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("There is no user " + people.userId("bobb"));
        dialog.getByLabel("User id").fill(bob.user());
        Rooms.button(dialog, "Start").click();
        ann.chat().isCalled(bob.user());

        ann.button("New conversation").click();
        assertThat(ann.page().locator("#known-people option[value='" + bob.user() + "']"))
                .hasCount(1);
    }

    @Test
    void aLinkInvitesIntoAnOpenRoom(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.button("New room").click();
        Locator dialog = ann.dialog("New room");
        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                .fill("Everybody");
        dialog.getByLabel("Anyone who knows its id").check();
        Rooms.button(dialog, "Create").click();
        ann.chat().isCalled("Everybody");
        assertThat(Rooms.button(Rooms.details(ann, "Everybody"), "Copy the invite link"))
                .isVisible();
        String link = ann.page().url();

        Person bob = people.somebody("bob");
        bob.opens(link);
        bob.signsIn();
        assertThat(bob.dialog("Join this room?")).isVisible();
        Axe.check(bob, "an invitation");
        Rooms.button(bob.dialog("Join this room?"), "Join").click();
        bob.chat().isCalled("Everybody");
        bob.writes("thanks for the link");
        ann.press("Escape");
        ann.sees("thanks for the link");
    }

    @Test
    void onASharedComputerSigningOutDeletesUnlessSaidOtherwise(People people) {
        Person ann = people.somebody("ann");
        ann.opens(people.nodes().url(0));
        ann.page().getByLabel("Others use this computer too").check();
        ann.signsIn();
        ann.button("Sign out").click();
        assertThat(ann.dialog("Sign out?").getByLabel("Delete them from this browser"))
                .isChecked();
        Axe.check(ann, "signing out");
        ann.press("Escape");
        ann.opensAnotherTab();
        ann.seesTheSignInPage();
    }
}
