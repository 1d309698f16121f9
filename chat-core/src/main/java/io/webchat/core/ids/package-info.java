/**
 * The ids of users, devices, rooms, conversations, messages and files. Each one checks its form when it is made.
 */
@NullMarked
package io.webchat.core.ids;

import org.jspecify.annotations.NullMarked;
