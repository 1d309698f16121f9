/**
 * The emoji that the page offers, by category: in each, one a line, the emoji and its English name with other words by
 * which people look for it. It is loaded when somebody first wants an emoji, and imports nothing.
 */
export const EMOJI = {
  smileys: `
😀 grinning face happy smile
😃 smiling face with open mouth
😄 smiling face with open mouth and smiling eyes
😁 grinning face with smiling eyes
😆 smiling face with open mouth and tightly-closed eyes
😅 smiling face with open mouth and cold sweat phew
🤣 rolling on the floor laughing lol rofl
😂 face with tears of joy lol
🙂 slightly smiling face happy smile
🙃 upside-down face
😉 winking face wink
😊 smiling face with smiling eyes happy
😇 smiling face with halo
🥰 smiling face with smiling eyes and three hearts
😍 smiling face with heart-shaped eyes love
🤩 grinning face with star eyes
😘 face throwing a kiss
😗 kissing face
😚 kissing face with closed eyes
😋 face savouring delicious food
😛 face with stuck-out tongue
😜 face with stuck-out tongue and winking eye
🤪 grinning face with one large and one small eye
😝 face with stuck-out tongue and tightly-closed eyes
🤑 money-mouth face
🤗 hugging face hug
🤭 smiling face with smiling eyes and hand covering mouth
🤫 face with finger covering closed lips
🤔 thinking face think hmm
🤐 zipper-mouth face
🤨 face with one eyebrow raised
😐 neutral face
😑 expressionless face
😶 face without mouth
😏 smirking face
😒 unamused face
🙄 face with rolling eyes
😬 grimacing face
😌 relieved face
😔 pensive face
😪 sleepy face
🤤 drooling face
😴 sleeping face sleep tired
😷 face with medical mask
🤒 face with thermometer ill sick
🤕 face with head-bandage
🤢 nauseated face ill sick
🤮 face with open mouth vomiting
🤧 sneezing face
🥵 overheated face
🥶 freezing face
🥴 face with uneven eyes and wavy mouth
😵 dizzy face
🤯 shocked face with exploding head
🤠 face with cowboy hat
🥳 face with party horn and party hat birthday
😎 smiling face with sunglasses cool
🤓 nerd face
🧐 face with monocle
😕 confused face
😟 worried face
🙁 slightly frowning face
😮 face with open mouth wow surprise
😯 hushed face
😲 astonished face
😳 flushed face
🥺 face with pleading eyes please
😦 frowning face with open mouth
😧 anguished face
😨 fearful face
😰 face with open mouth and cold sweat
😥 disappointed but relieved face
😢 crying face sad
😭 loudly crying face sad cry sob
😱 face screaming in fear scared
😖 confounded face
😣 persevering face
😞 disappointed face
😓 face with cold sweat
😩 weary face
😫 tired face
🥱 yawning face
😤 face with look of triumph
😡 pouting face angry mad
😠 angry face 
🤬 serious face with symbols covering mouth
😈 smiling face with horns
💀 skull
💩 pile of poo poop
🤡 clown face
👻 ghost
👽 extraterrestrial alien
🤖 robot face
😺 smiling cat face with open mouth
😸 grinning cat face with smiling eyes
😹 cat face with tears of joy
😻 smiling cat face with heart-shaped eyes
🙀 weary cat face
😿 crying cat face`,
  people: `
👋 waving hand hello hi bye
🤚 raised back of hand
✋ raised hand
🖖 raised hand with part between middle and ring fingers
👌 ok hand perfect
🤏 pinching hand
✌️ victory hand peace
🤞 hand with index and middle fingers crossed luck
🤟 i love you hand
🤘 sign of the horns
🤙 call me hand
👈 left pointing backhand index
👉 right pointing backhand index
👆 up pointing backhand index
👇 down pointing backhand index
☝️ up pointing index
👍 thumbs up like yes ok agree plus
👎 thumbs down dislike no minus
✊ raised fist
👊 fisted hand
👏 clapping hands applause bravo
🙌 person raising both hands in celebration hooray
👐 open hands
🤲 palms up together
🤝 handshake deal agree
🙏 person with folded hands please thanks pray
✍️ writing hand
💪 flexed biceps strong
👂 ear
👀 eyes look see
🧠 brain
👶 baby
🧒 child
👦 boy
👧 girl
🧑 adult
👨 man
👩 woman
🧓 older adult
👴 older man
👵 older woman
🙋 happy person raising one hand
🙅 face with no good gesture
🙆 face with ok gesture
🤷 shrug dunno
🤦 face palm facepalm
💁 information desk person
🙇 person bowing deeply
🏃 runner
💃 dancer
🕺 man dancing
👫 man and woman holding hands
👪 family
💑 couple with heart
🫂 people hugging hug`,
  nature: `
🐶 dog face
🐱 cat face
🐭 mouse face
🐹 hamster face
🐰 rabbit face
🦊 fox face
🐻 bear face
🐼 panda face
🐨 koala
🐯 tiger face
🦁 lion face
🐮 cow face
🐷 pig face
🐸 frog face
🐵 monkey face
🙈 see-no-evil monkey
🙉 hear-no-evil monkey
🙊 speak-no-evil monkey
🐔 chicken
🐧 penguin
🐦 bird
🦆 duck
🦉 owl
🐺 wolf face
🐴 horse face
🦄 unicorn face
🐝 honeybee
🦋 butterfly
🐌 snail
🐞 lady beetle
🐢 turtle
🐍 snake
🐙 octopus
🐟 fish
🐬 dolphin
🐳 spouting whale
🐘 elephant
🌵 cactus
🌲 evergreen tree
🌴 palm tree
🌱 seedling
🍀 four leaf clover luck
🌷 tulip
🌹 rose
🌻 sunflower
🌸 cherry blossom
🌍 earth globe europe-africa
🌙 crescent moon
⭐ medium star favourite
🌟 glowing star
⚡ high voltage
🔥 fire hot lit
🌈 rainbow
☀️ sun with rays
⛅ sun behind cloud
🌧️ cloud with rain
❄️ snowflake
⛄ snowman without snow
💧 droplet
🌊 water wave`,
  food: `
🍎 red apple
🍐 pear
🍊 tangerine
🍋 lemon
🍌 banana
🍉 watermelon
🍇 grapes
🍓 strawberry
🍒 cherries
🍑 peach
🍍 pineapple
🥝 kiwifruit
🍅 tomato
🥑 avocado
🥕 carrot
🌽 ear of maize
🍞 bread
🥐 croissant
🧀 cheese wedge
🥚 egg
🍳 cooking
🥓 bacon
🍔 hamburger
🍟 french fries
🍕 slice of pizza
🌭 hot dog
🌮 taco
🍣 sushi
🍜 steaming bowl
🍝 spaghetti
🍦 soft ice cream
🍩 doughnut
🍪 cookie
🎂 birthday cake 
🍰 shortcake
🍫 chocolate bar
🍬 candy
🍿 popcorn
☕ hot beverage coffee
🍵 teacup without handle
🍺 beer mug cheers
🍻 clinking beer mugs cheers
🥂 clinking glasses cheers toast
🍷 wine glass
🍸 cocktail glass
🍾 bottle with popping cork`,
  activities: `
⚽ soccer ball
🏀 basketball and hoop
🏈 american football
🎾 tennis racquet and ball
🏐 volleyball
🎱 billiards
🏆 trophy
🥇 first place medal
🥈 second place medal
🥉 third place medal
🎯 direct hit
🎮 video game
🎲 game die
🧩 jigsaw puzzle piece
🎸 guitar
🎹 musical keyboard
🎤 microphone
🎧 headphone
🎨 artist palette
🎬 clapper board
🎫 ticket
🎉 party popper congratulations celebrate
🎊 confetti ball
🎈 balloon
🎁 wrapped present
🎄 christmas tree
🎃 jack-o-lantern
🚗 automobile
🚕 taxi
🚌 bus
🚲 bicycle
🚆 train
🚀 rocket launch ship
⛵ sailboat
🚢 ship
🚦 vertical traffic light
🏠 house building
🏢 office building
🏥 hospital
🏖️ beach with umbrella
🏝️ desert island
🗻 mount fuji
🏕️ camping
⏰ alarm clock time
⏳ hourglass with flowing sand`,
  objects: `
📱 mobile phone
💻 personal computer
🖨️ printer
📷 camera
🎥 movie camera
📞 telephone receiver
💡 electric light bulb idea
🔋 battery
🔌 electric plug
💰 money bag
💳 credit card
✉️ envelope
📧 e-mail symbol
📦 package
📅 calendar date
📌 pushpin
📎 paperclip
✂️ scissors
📝 memo
📚 books
🔍 left-pointing magnifying glass
🔒 lock
🔑 key
🔨 hammer
🔧 wrench
⚙️ gear
🧲 magnet
💊 pill
🚿 shower
🛒 shopping trolley
🗑️ wastebasket
👓 eyeglasses
👕 t-shirt
👖 jeans
👗 dress
👟 athletic shoe
👑 crown
💍 ring
🎒 school satchel
☂️ umbrella`,
  symbols: `
❤️ black heart love red
🧡 orange heart
💛 yellow heart
💚 green heart
💙 blue heart
💜 purple heart
🖤 black heart
🤍 white heart
💔 broken heart sad
💕 two hearts
💖 sparkling heart
💘 heart with arrow
💯 hundred points symbol 
💢 anger symbol
💥 collision symbol
💫 dizzy symbol
💦 splashing sweat symbol
💤 sleeping symbol
💬 speech balloon
✅ check mark done ok yes
❌ cross mark no wrong
❓ question mark ornament
❗ exclamation mark symbol
‼️ double exclamation mark
⚠️ warning
⛔ no entry
🚫 no entry
♻️ universal recycling symbol
➕ plus
➖ minus
✔️ check mark
🔔 bell
🔕 bell with cancellation stroke
🎵 musical note
🎶 multiple musical notes
🆗 squared ok
🆕 squared new
🆒 squared cool
🆘 squared sos
🔴 large red circle
🟢 large green circle
🔵 large blue circle
🏁 chequered flag finish
🚩 triangular flag on post`,
};
