package io.webchat.core.internal.services;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.rooms.Rooms;
import io.webchat.core.spi.support.DisplayNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the form of names and other details of rooms. Every method throws {@code bad_request} with every fault. */
final class RoomForm {
    /** An address with another scheme could run a script in a page that shows it. */
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private RoomForm() {}

    static void checkName(String name) {
        check(RoomUpdate.NONE.withName(name));
    }

    static void check(RoomUpdate update) {
        List<String> faults = new ArrayList<>();
        if (update.equals(RoomUpdate.NONE)) {
            faults.add("name a detail to update: name, picture, data or joinRole");
        }
        if (update.name() != null && !DisplayNames.isValid(update.name(), Rooms.MAX_NAME)) {
            faults.add("a room's name " + DisplayNames.rule(Rooms.MAX_NAME));
        }
        if (update.picture() != null && !isPicture(update.picture())) {
            faults.add("picture must be an http or https address, or a relative one, of at most " + Rooms.MAX_PICTURE
                    + " characters");
        }
        if (update.data() != null && update.data().size() > Rooms.MAX_DATA_BYTES) {
            faults.add("data has " + update.data().size() + " bytes, the limit is " + Rooms.MAX_DATA_BYTES);
        }
        if (update.joinRole() == RoomRole.OWNER) {
            faults.add("joinRole must be member or reader");
        }
        if (!faults.isEmpty()) {
            throw new ChatException(ErrorCode.BAD_REQUEST, String.join("; ", faults));
        }
    }

    private static boolean isPicture(String text) {
        if (text.length() > Rooms.MAX_PICTURE || !text.chars().allMatch(each -> each > ' ' && each <= '~')) {
            return false;
        }
        try {
            String scheme = new URI(text).getScheme();
            return scheme == null || SCHEMES.contains(scheme.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
