package io.webchat.redis.internal.profiles;

import io.webchat.redis.internal.client.LuaScript;
import java.util.List;

/** The Lua scripts of profiles, of blocks and of the texts of the application. */
public final class ProfileScripts {
    /** Fills the cache, unless a change came in between. */
    public static final LuaScript FILL_CACHE = LuaScript.load(ProfileScripts.class, "fill-cache.lua");

    /** Blocks a user, within a limit. */
    public static final LuaScript BLOCK = LuaScript.load(ProfileScripts.class, "block.lua");

    /** Replaces a text of the application, if it is the expected one. */
    public static final LuaScript REPLACE_VALUE = LuaScript.load(ProfileScripts.class, "replace-value.lua");

    /** All scripts of this package. */
    public static final List<LuaScript> ALL = List.of(FILL_CACHE, BLOCK, REPLACE_VALUE);

    private ProfileScripts() {}
}
