package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Emoji are found by keys and by name, for a message and for a reaction; their table comes when it is asked for. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class EmojiPageTest {
    private static Locator emoji(Person person, String name) {
        return person.dialog("Emoji")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void aMessageAndAReactionTakeAnyEmoji(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        List<String> loaded = new CopyOnWriteArrayList<>();
        ann.page().onRequest(request -> loaded.add(request.url()));
        ann.startsConversationWith(bob);
        ann.chat().type("so ");
        assertThat(loaded).noneMatch(url -> url.contains("emoji"));

        ann.button("Emoji").click();
        assertThat(emoji(ann, "grinning face happy smile")).isVisible();
        assertThat(loaded).anyMatch(url -> url.contains("/assets/emoji-table-"));
        Axe.check(ann, "emoji");
        ann.press("ArrowDown");
        ann.press("ArrowRight");
        assertThat(emoji(ann, "smiling face with open mouth")).isFocused();
        ann.press("Escape");
        assertThat(ann.button("Emoji")).isFocused();
        assertThat(ann.dialog("Emoji")).isHidden();

        ann.press("Enter");
        ann.page().keyboard().type("rocket");
        assertThat(ann.dialog("Emoji").getByRole(AriaRole.STATUS)).hasText("1 found");
        ann.press("Enter");
        ann.press("Enter");
        assertThat(ann.chat().field()).hasValue("so 🚀");
        assertThat(ann.chat().field()).isFocused();
        ann.press("Enter");
        bob.opensConversationWith(ann);
        bob.sees("so 🚀");

        MessageMenuTest.choose(bob, "so 🚀", "React…");
        bob.page().getByRole(AriaRole.MENUITEM).getByText("More…").click();
        bob.page().keyboard().type("unicorn");
        emoji(bob, "unicorn face").click();
        assertThat(ann.chat().message("so 🚀")).containsText("🦄1");

        ann.button("Emoji").click();
        Locator recent = ann.dialog("Emoji").getByRole(AriaRole.GRID).first();
        assertThat(recent).hasText("🚀");
        assertThat(recent).hasAccessibleName("Recent");
    }
}
