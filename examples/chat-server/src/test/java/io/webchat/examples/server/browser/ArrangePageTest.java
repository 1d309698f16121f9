package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.MouseButton;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conversations are pinned, muted, archived and deleted: by mouse and keys, in all tabs, and through a reload. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class ArrangePageTest {
    private static void choose(Person person, String title, String entry) {
        person.list().row(title).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        entry(person, entry).click();
    }

    private static Locator entry(Person person, String name) {
        return person.page()
                .getByRole(
                        AriaRole.MENUITEM,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void aConversationIsPinnedAndMutedInAllTabs(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        String bob = people.userId("bob");
        String carol = people.userId("carol");
        people.backend().sends(bob, ann.user(), "an old message");
        people.backend().sends(carol, ann.user(), "a later message");
        ann.list().shows(bob, "1 unread message");
        assertThat(ann.list().rows().first()).containsText(carol);
        ann.opensAnotherTab();
        ann.list().shows(carol, "a later message");

        choose(ann, bob, "Pin");
        choose(ann, bob, "Mute");
        assertThat(ann.list().rows().first()).containsText(bob);
        Axe.check(ann, "a pinned and muted conversation");
        assertThat(ann.page()).hasTitle("(1) webchat");
        ann.turnsToTab(0);
        assertThat(ann.list().rows().first()).containsText(bob);
        assertThat(ann.list().row(bob).getByLabel("Muted")).isVisible();

        ann.list().row(carol).focus();
        ann.press("Shift+F10");
        assertThat(entry(ann, "Pin")).isFocused();
        Axe.check(ann, "the menu of a conversation");
        ann.press("Escape");
        assertThat(ann.list().row(carol)).isFocused();
    }

    @Test
    void aConversationIsArchivedUntilItHasNewsAndDeletedForGood(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        String carol = people.userId("carol");
        people.backend().sends(carol, ann.user(), "a message");
        choose(ann, carol, "Archive");
        assertThat(ann.list().rows()).hasCount(0);
        ann.reloads();
        ann.button("Archived (1)").click();
        assertThat(ann.list().rows()).hasCount(1);
        Axe.check(ann, "the archive");
        people.backend().sends(carol, ann.user(), "here again");
        assertThat(ann.button("Archived (1)")).isHidden();

        ann.list().open(carol);
        ann.sees("here again");
        ann.button("Conversation menu").click();
        entry(ann, "Delete…").click();
        Rooms.button(ann.dialog("Delete the conversation with " + carol + "?"), "Delete")
                .click();
        assertThat(ann.list().rows()).hasCount(0);
        ann.reloads();
        ann.seesTheirConversations();
        assertThat(ann.list().rows()).hasCount(0);
        people.backend().sends(carol, ann.user(), "only this");
        ann.list().open(carol);
        ann.sees("only this");
        assertThat(ann.chat().messages()).hasCount(1);
    }
}
