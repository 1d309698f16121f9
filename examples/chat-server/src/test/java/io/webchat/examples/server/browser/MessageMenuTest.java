package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.MouseButton;
import java.util.List;
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

    /** Opens the menu of a message, and chooses an entry. */
    static void choose(Person person, String text, String name) {
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

    @Test
    void whoeverWroteAMessageEditsAndDeletesItAndEverybodyReacts(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        ann.writes("helo bob");
        ann.writes("a mistake");
        bob.opensConversationWith(ann);
        bob.sees("a mistake");
        ann.chat().marks("a mistake", "Seen");

        choose(ann, "helo bob", "Edit");
        assertThat(ann.chat().field()).hasValue("helo bob");
        ann.chat().write("hello bob");
        bob.sees("hello bob");
        assertThat(bob.chat().message("hello bob")).containsText("edited");
        assertThat(bob.chat().message("helo bob")).hasCount(0);

        choose(bob, "hello bob", "React…");
        entry(bob, "👍").click();
        Locator reaction = ann.chat()
                .message("hello bob")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("👍 1: " + bob.user()));
        assertThat(reaction).hasAttribute("aria-pressed", "false");
        reaction.click();
        assertThat(bob.chat().message("hello bob")).containsText("👍2");

        choose(ann, "a mistake", "Delete…");
        Rooms.button(ann.dialog("Delete this message?"), "Delete").click();
        bob.sees("This message was deleted");
        assertThat(bob.chat().message("a mistake")).hasCount(0);
        ann.list().shows(bob.user(), "Deleted message");
        ann.reloads();
        ann.sees("hello bob");
        ann.sees("This message was deleted");
        assertThat(reaction).not().isVisible();
        assertThat(ann.chat().message("hello bob")).containsText("👍2");
    }

    @Test
    void theRightMouseButtonOpensTheMenuAndCopyTakesTheText(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        ann.startsConversationWith(people.member("bob"));
        ann.writes("to be copied");
        ann.chat().marks("to be copied", "Sent");
        Locator bubble = ann.chat().message("to be copied").locator(".bubble");
        bubble.click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        Locator entries = ann.page().getByRole(AriaRole.MENU).getByRole(AriaRole.MENUITEM);
        assertThat(entries).hasText(new String[] {"Reply", "React…", "Copy", "Edit", "Delete…", "Info"});
        entry(ann, "Copy").click();
        ann.hears("Copied");
        assertThat(ann.page().evaluate("navigator.clipboard.readText()")).isEqualTo("to be copied");
    }

    @Test
    void aFingerThatRestsOnAMessageOpensItsMenu(People people) throws Exception {
        Person ann = people.somebody("ann").onAPhone();
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        String bob = people.userId("bob");
        people.backend().sends(bob, ann.user(), "press me");
        ann.list().row(bob).tap();
        ann.sees("press me");
        BoundingBox box = ann.chat().message("press me").locator(".bubble").boundingBox();
        CDPSession devTools = ann.page().context().newCDPSession(ann.page());
        touch(devTools, "touchStart", box.x + box.width / 2, box.y + box.height / 2);
        assertThat(entry(ann, "Reply")).isVisible();
        touch(devTools, "touchEnd");
        assertThat(entry(ann, "Reply")).isVisible();
        Axe.check(ann, "the menu of a message on a phone");
        entry(ann, "Reply").tap();
        assertThat(ann.page().getByRole(AriaRole.MENU)).isHidden();
        ann.chat().write("pressed");
        assertThat(ann.chat().message("pressed")).containsText("press me");
    }

    /** A finger comes to a point or, without one, leaves. */
    private static void touch(CDPSession devTools, String type, double... at) {
        JsonArray points = new JsonArray();
        if (at.length > 0) {
            JsonObject point = new JsonObject();
            point.addProperty("x", at[0]);
            point.addProperty("y", at[1]);
            points.add(point);
        }
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        devTools.send("Input.dispatchTouchEvent", event);
    }
}
