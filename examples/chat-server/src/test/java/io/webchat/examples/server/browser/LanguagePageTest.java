package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page speaks the language that somebody chooses, and goes on with it. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class LanguagePageTest {
    private static void choose(Person person, String profile, String label, String language, String save) {
        person.page().getByTitle(profile).click();
        person.dialog(profile).getByLabel(label).selectOption(language);
        Rooms.button(person.dialog(profile), save).click();
    }

    @Test
    void germanIsChosenAndStays(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        people.backend().sends(people.userId("bob"), ann.user(), "hello");
        ann.list().shows(people.userId("bob"), "1 unread message");

        choose(ann, "Your profile", "Language", "de", "Save");
        assertThat(ann.button("Neue Unterhaltung")).isVisible();
        assertThat(ann.page().locator("html")).hasAttribute("lang", "de");
        assertThat(ann.page().locator("#conversations")).containsText("1 ungelesene Nachricht");
        ann.reloads();
        ann.button("Neue Unterhaltung").click();
        assertThat(ann.dialog("Neue Unterhaltung").getByLabel("Benutzerkennung"))
                .isFocused();
        Axe.check(ann, "the page in German");
        ann.press("Escape");

        choose(ann, "Dein Profil", "Sprache", "en", "Speichern");
        assertThat(ann.button("New conversation")).isVisible();
    }
}
