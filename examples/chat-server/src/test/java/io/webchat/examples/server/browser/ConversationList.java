package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The list of conversations, as somebody sees it. */
final class ConversationList {
    private final Person person;

    ConversationList(Person person) {
        this.person = person;
    }

    Locator rows() {
        return person.page()
                .getByRole(
                        AriaRole.NAVIGATION,
                        new Page.GetByRoleOptions().setName("Conversations").setExact(true))
                .getByRole(AriaRole.LISTITEM)
                .getByRole(AriaRole.BUTTON);
    }

    /** The row with this in its name. */
    Locator row(String title) {
        return rows().filter(new Locator.FilterOptions().setHasText(title));
    }

    void open(String title) {
        row(title).click();
    }

    void shows(String title, String words) {
        assertThat(row(title)).containsText(words);
    }

    void showsNothingOf(String title, String words) {
        assertThat(row(title)).not().containsText(words);
    }
}
