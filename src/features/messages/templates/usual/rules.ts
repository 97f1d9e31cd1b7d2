import type { MessageLanguage, MessagePurpose } from '../../schema.ts';
import type { TemplateKey } from '../schema.ts';

type Words = Record<MessageLanguage, { subject: string; body: string }>;
type Usual = {
  label: string;
  purpose: MessagePurpose;
  answers: readonly string[];
  isAutomatic: boolean;
  words: Words;
};

/**
 * The usual words. What they may hold is the least that does the job: who we are, when, and a number to call (HHS
 * HIPAA FAQ 198); no doctor's specialty, no reason, no result. Nobody is asked to answer CANCEL: it is a word to stop.
 * What stands in [ ] falls away where a field in it is empty.
 */
export const usualTemplates: Record<TemplateKey, Usual> = {
  reminder: {
    ...{ label: 'Reminder of a visit', purpose: 'reminder', answers: ['C', 'R'], isAutomatic: true },
    words: {
      en: {
        subject: 'Your visit on {day}',
        body: '{practice}: Hi {name}, you have a visit on {day} at {time}. Reply C to confirm, R for a call to change it.[ {link}][ Call {phone}.] STOP to end texts.',
      },
      es: {
        subject: 'Su cita el {day}',
        body: '{practice}: Hola {name}, tiene cita el {day} a las {time}. Responda C para confirmar, R para cambiarla.[ {link}][ Tel. {phone}.] STOP para no recibir textos.',
      },
    },
  },
  booked: {
    ...{ label: 'A time asked for online is theirs', purpose: 'reminder', answers: ['R'], isAutomatic: true },
    words: {
      en: {
        subject: 'Your visit on {day}',
        body: '{practice}: Hi {name}, your visit on {day} at {time} is booked. Reply R for a call to change it.[ {link}][ Call {phone}.] STOP to end texts.',
      },
      es: {
        subject: 'Su cita el {day}',
        body: '{practice}: Hola {name}, su cita del {day} a las {time} queda reservada. Responda R para cambiarla.[ {link}][ Tel. {phone}.] STOP para terminar.',
      },
    },
  },
  confirmed: {
    ...{ label: 'Answer to C', purpose: 'reminder', answers: [], isAutomatic: true },
    words: {
      en: {
        subject: 'Thank you',
        body: '{practice}: Thank you, {day} at {time} is confirmed.[ To change it call {phone}.]',
      },
      es: {
        subject: 'Gracias',
        body: '{practice}: Gracias, su cita del {day} a las {time} queda confirmada.[ Para cambiarla llame al {phone}.]',
      },
    },
  },
  'will-call': {
    ...{ label: 'Answer to R', purpose: 'reminder', answers: [], isAutomatic: true },
    words: {
      en: {
        subject: 'We will call you',
        body: '{practice}: Thank you. We will call you to find another time[, or call us at {phone}].',
      },
      es: {
        subject: 'Le llamaremos',
        body: '{practice}: Gracias. Le llamaremos para buscar otra hora[, o llame al {phone}].',
      },
    },
  },
  offer: {
    ...{ label: 'An earlier time is open', purpose: 'waitlist', answers: ['Y', 'N'], isAutomatic: true },
    words: {
      en: {
        subject: 'An earlier time is open',
        body: '{practice}: Hi {name}, {day} at {time} is open. The first to reply Y gets it; N if not. Answer by {until}.[ {link}][ Call {phone}.] STOP to end texts.',
      },
      es: {
        subject: 'Hay una hora antes',
        body: '{practice}: Hola {name}, hay cita el {day} a las {time}. Quien responda Y primero la obtiene; N si no. Hasta las {until}.[ {link}][ Tel. {phone}.] STOP para terminar.',
      },
    },
  },
  'offer-won': {
    ...{ label: 'The offered time is theirs', purpose: 'waitlist', answers: [], isAutomatic: true },
    words: {
      en: {
        subject: 'The time is yours',
        body: '{practice}: It is yours: {day} at {time}.[ To change it call {phone}.]',
      },
      es: {
        subject: 'La hora es suya',
        body: '{practice}: Es suya: {day} a las {time}.[ Para cambiarla llame al {phone}.]',
      },
    },
  },
  'offer-gone': {
    ...{ label: 'The offered time is gone', purpose: 'waitlist', answers: [], isAutomatic: true },
    words: {
      en: {
        subject: 'That time is taken',
        body: '{practice}: Sorry, that time is taken. You keep your place on our list, and your visit if you have one.',
      },
      es: {
        subject: 'Esa hora ya no está',
        body: '{practice}: Lo sentimos, esa hora ya se dio. Usted conserva su lugar en la lista, y su cita si la tiene.',
      },
    },
  },
  'call-us': {
    ...{ label: 'Please call us', purpose: 'other', answers: [], isAutomatic: false },
    words: {
      en: {
        subject: 'Please call us',
        body: '{practice}: Hi {name}, please call us[ at {phone}]. STOP to end texts.',
      },
      es: {
        subject: 'Por favor llámenos',
        body: '{practice}: Hola {name}, por favor llámenos[ al {phone}]. STOP para no recibir textos.',
      },
    },
  },
  book: {
    ...{ label: 'Time to book a visit', purpose: 'recall', answers: [], isAutomatic: false },
    words: {
      en: {
        subject: 'Time for a visit',
        body: '{practice}: Hi {name}, it is time to book a visit.[ Call {phone}.][ {link}] STOP to end texts.',
      },
      es: {
        subject: 'Es hora de una cita',
        body: '{practice}: Hola {name}, es hora de pedir una cita.[ Llame al {phone}.][ {link}] STOP para no recibir textos.',
      },
    },
  },
  late: {
    ...{ label: 'We are running late', purpose: 'reminder', answers: [], isAutomatic: false },
    words: {
      en: {
        subject: 'We are running late',
        body: '{practice}: Hi {name}, we are running late today. Please call[ {phone}] before you leave. We are sorry. STOP to end texts.',
      },
      es: {
        subject: 'Vamos con retraso',
        body: '{practice}: Hola {name}, hoy vamos con retraso. Por favor llame[ al {phone}] antes de salir. Lo sentimos. STOP para no recibir textos.',
      },
    },
  },
  'opted-out': {
    ...{ label: 'Answer to STOP', purpose: 'other', answers: [], isAutomatic: true },
    words: {
      en: {
        subject: '',
        body: '{practice}: You will get no more texts from us. Reply START to get them again.[ Call {phone}.]',
      },
      es: {
        subject: '',
        body: '{practice}: Ya no recibirá textos nuestros. Responda START para recibirlos de nuevo.[ Tel. {phone}.]',
      },
    },
  },
  'opted-in': {
    ...{ label: 'Answer to START', purpose: 'other', answers: [], isAutomatic: true },
    words: {
      en: {
        subject: '',
        body: '{practice}: You will get texts about your visits again. Reply STOP to end them.[ Call {phone}.]',
      },
      es: {
        subject: '',
        body: '{practice}: Recibirá de nuevo textos sobre sus citas. Responda STOP para terminar.[ Tel. {phone}.]',
      },
    },
  },
  emergency: {
    ...{ label: 'Answer to words of danger', purpose: 'other', answers: [], isAutomatic: true },
    words: {
      en: {
        subject: '',
        body: '{practice}: Texts are not read at once. If this may be an emergency call 911 now. Thoughts of suicide: call or text 988.[ Our number: {phone}.]',
      },
      es: {
        subject: '',
        body: '{practice}: Los textos no se leen al instante. Si puede ser una emergencia llame al 911 ya. Ideas de suicidio: 988.[ Nuestro número: {phone}.]',
      },
    },
  },
  help: {
    ...{ label: 'Answer to HELP', purpose: 'other', answers: [], isAutomatic: true },
    words: {
      en: {
        subject: '',
        body: '{practice}: Texts about your visits. We will read yours.[ To talk to us: {phone}.] Emergency: 911. STOP to end texts.',
      },
      es: {
        subject: '',
        body: '{practice}: Textos sobre sus citas. Leeremos el suyo.[ Para hablar: {phone}.] Emergencia: 911. STOP para no recibir más.',
      },
    },
  },
};
