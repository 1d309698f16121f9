/**
 * Rooms and their members in the table, changed by transactions. {@link io.webchat.dynamo.internal.rooms.TableRooms} is
 * its entry point.
 */
@NullMarked
package io.webchat.dynamo.internal.rooms;

import org.jspecify.annotations.NullMarked;
