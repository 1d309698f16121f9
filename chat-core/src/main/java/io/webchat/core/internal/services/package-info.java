/** The services of the API beside sending and receiving: rooms, profiles, presence, call logs. */
@NullMarked
package io.webchat.core.internal.services;

import org.jspecify.annotations.NullMarked;
