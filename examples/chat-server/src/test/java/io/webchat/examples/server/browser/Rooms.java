package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What people do with rooms. */
final class Rooms {
    private Rooms() {}

    static void create(Person owner, String name, Person... members) {
        owner.button("New room").click();
        Locator dialog = owner.dialog("New room");
        dialog.getByLabel("Name", exactly()).fill(name);
        dialog.getByLabel("Members")
                .fill(Arrays.stream(members).map(Person::user).collect(Collectors.joining(", ")));
        button(dialog, "Create").click();
        owner.chat().isCalled(name);
    }

    /** Opens the dialog of the open room, and waits for its members. */
    static Locator details(Person person, String room) {
        person.chat().openDetails();
        Locator dialog = person.dialog(room);
        assertThat(button(dialog, "Leave room")).isVisible();
        return dialog;
    }

    static Locator members(Locator dialog) {
        return dialog.getByRole(AriaRole.LIST, new Locator.GetByRoleOptions().setName("Members"))
                .getByRole(AriaRole.LISTITEM);
    }

    static void add(Locator dialog, String user) {
        dialog.getByLabel("Add a member").fill(user);
        button(dialog, "Add").click();
    }

    static Locator button(Locator dialog, String name) {
        return dialog.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.GetByLabelOptions exactly() {
        return new Locator.GetByLabelOptions().setExact(true);
    }
}
