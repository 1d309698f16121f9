package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be done with a message: by mouse, by finger and by keys, and what the others see of it. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class MessageMenuTest {
    private static Locator entry(Person person, String name) {
        return person.page()
                .getByRole(AriaRole.MENU)
                .getByRole(
                        AriaRole.MENUITEM,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void choose(Person person, String text, String name) {
        Locator message = person.chat().message(text);
        message.hover();
        message.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("More"))
                .click();
        entry(person, name).click();
    }

    @Test
    void anAnswerShowsWhatItAnswersAndLeadsThere(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        ann.writes("shall we meet?");
        bob.opensConversationWith(ann);
        choose(bob, "shall we meet?", "Reply");
        assertThat(bob.chat().field()).isFocused();
        bob.writes("yes, at noon");
        Locator quote = ann.chat()
                .message("yes, at noon")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("shall we meet?"));
        assertThat(quote).containsText("You");
        ann.reloads();
        quote.click();
        assertThat(ann.chat().messages().first()).isFocused();

        choose(bob, "yes, at noon", "Info");
        assertThat(bob.dialog("About this message")).containsText("Seen");
        Axe.check(bob, "about a message");
        bob.press("Escape");
        assertThat(bob.dialog("About this message")).isHidden();
    }

    @Test
    void keysMoveFromMessageToMessageAndOpenTheMenu(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.member("bob"));
        ann.writes("one");
        ann.writes("two");
        ann.chat().region().focus();
        ann.press("ArrowUp");
        assertThat(ann.chat().message("two")).isFocused();
        ann.press("ArrowUp");
        assertThat(ann.chat().message("one")).isFocused();
        ann.chat().marks("one", "Sent");
        ann.press("Enter");
        assertThat(entry(ann, "Reply")).isFocused();
        Axe.check(ann, "a message's menu");
        ann.press("End");
        assertThat(entry(ann, "Info")).isFocused();
        ann.press("Escape");
        assertThat(ann.page().getByRole(AriaRole.MENU)).isHidden();
        assertThat(ann.chat().message("one")).isFocused();
    }
}
